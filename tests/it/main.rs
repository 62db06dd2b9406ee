//! The tests of the whole, one module each; one binary, so that they link once.

mod fixture;
mod folder;

mod bad_input;
mod baseline;
mod cli;
mod confidential;
mod configuration;
mod documents;
mod features;
mod figures;
mod incremental;
mod layers;
mod mending;
mod newsroom;
mod outputs;
mod packed;
mod parser;
mod provenance;
mod reread;
mod rules;
mod server;
mod snapshots;
mod spec;
mod trace;
mod workspace;
