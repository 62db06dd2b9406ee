//! (to come)

pub mod figure;
pub mod sentence;
