//! All integration tests, in one binary.
mod parser;
mod spec;
