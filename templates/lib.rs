//! Pages and mails of Rundbrief.
