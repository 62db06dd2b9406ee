//! The headless edge: arguments in, text and an exit status out.
//!
//! Thin on purpose: what a corpus is, `workspace` and `config` know; what is wrong in
//! it, `lint` does. Here it is decided what is printed where. Standard output is for
//! what was asked for, standard error for everything else, and both pass through
//! `output`, which keeps terminals safe from what files contain.

mod args;
mod check;
mod config;
mod explain;
mod files;
mod identity;
#[cfg(feature = "server")]
mod lsp;
mod output;
mod parse;
mod progress;
mod report;
mod rules;
mod shielded;
mod table;
mod trace;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use args::{Cli, Command};
use output::Output;

use crate::workspace;

/// How a run ends. The only place that knows the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing at or above the failing level.
    Clean,
    /// Something was found; of a server, that its client went without taking its leave.
    Findings,
    /// It could not run.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Runs the command of this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    log();
    guard();
    std::panic::catch_unwind(of_process).unwrap_or(Exit::Failed).into()
}

/// What a panic says may hold text of a draft, so only its place is shown. One in the
/// analysis of a file costs that file's answer; one here ends the run.
fn guard() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
        output::say_error(&format!("newsmark made a mistake of its own{place}; please report it"));
    }));
}

fn of_process() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version come this way too.
        Err(error) => {
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
            let _ = error.print();
            return exit;
        }
    };
    let mut out = Output::stdout();
    let exit = run(cli.command, &mut out).and_then(|exit| {
        out.flush()?;
        Ok(exit)
    });
    match exit {
        Ok(exit) => exit,
        Err(error) => {
            let _ = out.flush();
            // The workspace's errors say what is behind them themselves.
            match error.downcast_ref::<workspace::Error>() {
                Some(error) => output::say_error(&error.to_string()),
                None => output::say_error(&format!("{error:#}")),
            }
            Exit::Failed
        }
    }
}

fn run(command: Command, out: &mut Output) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check::run(args, out),
        Command::Explain(args) => explain::run(&args, out),
        Command::Rules(args) => rules::run(&args, out),
        Command::Parse(args) => parse::run(&args, out),
        Command::Config(args) => config::run(&args, out),
        Command::Files(args) => files::run(&args, out),
        Command::Trace(args) => trace::run(&args, out),
        #[cfg(feature = "server")]
        Command::Lsp(args) => lsp::run(&args),
    }
}

/// Logs go to standard error where `NEWSMARK_LOG` asks for them, in the form that
/// `tracing` has: `debug`, or `newsmark::workspace=trace`.
///
/// A server logs what goes wrong without being asked: editors keep what it writes there.
fn log() {
    let is_server = std::env::args_os().nth(1).is_some_and(|command| command == "lsp");
    let asked = tracing_subscriber::EnvFilter::try_from_env("NEWSMARK_LOG").ok();
    let Some(filter) = asked.or_else(|| is_server.then(|| "warn".into())) else { return };
    let to_stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(output::stderr_is_terminal())
        .with_filter(filter);
    let logs = tracing_subscriber::registry().with(to_stderr);
    // What a client wants to know it is told beside that.
    #[cfg(feature = "server")]
    let logs = logs.with(is_server.then(crate::server::log_layer));
    logs.init();
}
