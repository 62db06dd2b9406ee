//! The newsmark command.

fn main() -> std::process::ExitCode {
    newsmark::cli::main()
}
