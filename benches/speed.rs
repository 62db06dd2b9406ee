//! How fast newsmark reads.

fn main() {
    divan::main();
}
