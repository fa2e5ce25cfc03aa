//! What is promised to the people whose addresses are kept: erasure, suppression, retention, and that
//! a restored backup breaks none of it.

mod restored;
