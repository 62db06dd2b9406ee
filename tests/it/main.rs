//! The tests of the whole, one module each; one binary, so that they link once.

mod folder;

mod fixture;
mod newsroom;
mod rules;
mod spec;
mod workspace;
