//! Who gets which seat.
