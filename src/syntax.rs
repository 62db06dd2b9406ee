//! (to come)

pub mod sentence;
