//! The tests of the whole, one module each; one binary, so that they link once.

mod folder;

mod cli;
mod configuration;
mod fixture;
mod layers;
mod rules;
mod spec;
mod workspace;
