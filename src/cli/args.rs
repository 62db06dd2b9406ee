//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Level;
use crate::rules::Profile;

/// Checks annotated news drafts: claims, speakers, sources and answers.
#[derive(Debug, Parser)]
#[command(name = "newsmark", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  newsmark check                     Check the corpus around the current folder
  newsmark check 2026/03/aid.md      Check one article of it
  newsmark explain unsourced-claim   Say what a rule asks for, and why

Exit status: 0 nothing found at the failing level, 1 something found, 2 could not run.
NEWSMARK_LOG=debug logs what newsmark does; NO_COLOR=1 turns colours off.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(Check),
    Explain(Explain),
    Rules(Rules),
    Parse(Parse),
    Config(ConfigArgs),
    Files(Files),
    Trace(Trace),
    #[cfg(feature = "server")]
    Lsp(Lsp),
}

/// Check articles and say what is wrong with them
///
/// The corpus around what is named is read as a whole; the report covers what is named.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsmark check                                 The corpus around the current folder
  newsmark check stories/2026 notes/aid.md       Parts of it
  newsmark check @changed.txt                    What a file lists, a path a line; @- standard input
  newsmark check --profile publish aid.md        As strict as before publication
  newsmark check --rule unsourced-claim --stats  How much of one thing there is, and where
  newsmark check --format json | jq .rule        For programs (docs/json.md)
  newsmark check --output sarif=newsmark.sarif   For people here, and for a program in a file
  newsmark check --fix --diff                    What would be mended without asking
  newsmark check --stdin-filename aid.md <aid.md What an editor has not saved yet")]
pub(super) struct Check {
    /// Files and folders to report on, or @FILE with a list of them [default: the current folder]
    #[arg(value_name = "PATH", conflicts_with = "stdin_filename")]
    pub(super) paths: Vec<PathBuf>,

    /// How to print findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Reporter,

    /// Print findings to a file: FILE instead of standard output, FORMAT=FILE besides, and so on
    ///
    /// May be given several times, once without a format.
    #[arg(long, value_name = "[FORMAT=]FILE")]
    pub(super) output: Vec<OutputFile>,

    /// Report on these rules alone; several with commas, or given again
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Selection")]
    pub(super) rule: Vec<String>,

    /// Do not report on these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Selection")]
    pub(super) except: Vec<String>,

    /// Report what is at this level or above
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Selection")]
    pub(super) level: Option<LevelArg>,

    /// Report at most so many findings; the others are counted
    #[arg(long, value_name = "N", help_heading = "Selection")]
    pub(super) max: Option<usize>,

    /// Instead of findings, count them by level, rule, article and author, and tell the time
    #[arg(long, help_heading = "Selection")]
    pub(super) stats: bool,

    /// Print findings and nothing else: no summary, no notes, no progress
    #[arg(long, short, help_heading = "Selection")]
    pub(super) quiet: bool,

    /// Make the fixes that leave what articles say as it is, and report what is left
    #[arg(long, help_heading = "Fixes", conflicts_with = "stdin_filename")]
    pub(super) fix: bool,

    /// Make the fixes of these rules, whatever they change, and no others
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        help_heading = "Fixes",
        conflicts_with = "stdin_filename"
    )]
    pub(super) fix_only: Vec<String>,

    /// Show what fixes would change, and change nothing; status 1 if there is anything
    #[arg(long, help_heading = "Fixes", conflicts_with = "stdin_filename")]
    pub(super) diff: bool,

    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub(super) baseline: Option<PathBuf>,

    /// Write all findings to a baseline, and report none
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Baseline",
        conflicts_with_all = ["baseline", "stats", "diff", "output"]
    )]
    pub(super) write_baseline: Option<PathBuf>,

    /// Take out of the baseline what is found no more
    #[arg(long, help_heading = "Baseline", requires = "baseline")]
    pub(super) prune_baseline: bool,

    /// How strict to be, whatever newsmark.toml says
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub(super) profile: Option<ProfileArg>,

    /// End with status 1 where something is found at this level or above
    #[arg(long, value_enum, default_value_t = LevelArg::Error, value_name = "LEVEL")]
    pub(super) fail_on: LevelArg,

    /// Read an article from standard input, as if it stood at this path
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Reporter {
    /// For people: with the line, what to do, and how to mend it
    #[default]
    Human,
    /// For people, one line each
    Short,
    /// For programs, one object a line
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub's workflows: notes beside the lines of a pull request
    Github,
    /// For GitLab's merge requests: a code-quality report
    Gitlab,
    /// For what shows results of tests: JUnit's XML
    Junit,
    /// For what reads Checkstyle's XML
    Checkstyle,
}

impl Reporter {
    /// Whether what it prints says of each finding by what it is known again.
    pub(super) fn has_fingerprints(self) -> bool {
        matches!(self, Reporter::Sarif | Reporter::Gitlab)
    }
}

/// `--output`: where to, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OutputFile {
    /// What `--format` says where there is none.
    pub(super) format: Option<Reporter>,
    pub(super) file: PathBuf,
}

impl std::str::FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, file) = match text.split_once('=') {
            Some((format, file)) => (Some(Reporter::from_str(format, false)?), file),
            None => (None, text),
        };
        match file {
            "" => Err("the name of the file is missing".to_owned()),
            file => Ok(OutputFile { format, file: file.into() }),
        }
    }
}

/// Explain a rule
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsmark explain undefined-source")]
pub(super) struct Explain {
    /// The rule's name, as findings show it in brackets
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
}

/// List all rules, with their level in each profile
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// How to print the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: TableFormat,
}

/// Print what is read from one article: claims, citations, mentions
///
/// The corpus around it is read, too: the names of sources that must not be named are dotted out.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  newsmark parse --format json 2026/03/aid.md")]
pub(super) struct Parse {
    /// The article
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ParseFormat,
}

/// Show the configuration
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
#[command(after_help = "\
Examples:
  newsmark config --show 2026/03/aid.md   What holds for a file, and where it comes from
  newsmark config --schema >schema.json   For editors that complete newsmark.toml")]
pub(super) struct ConfigArgs {
    /// Print the JSON schema of newsmark.toml
    #[arg(long, group = "what")]
    pub(super) schema: bool,

    /// Print what holds for a file, and where each value comes from
    #[arg(long, group = "what", value_name = "FILE")]
    pub(super) show: Option<PathBuf>,
}

/// List the files of the corpus, as what they are read, and why others are left out
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Files and folders to list [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// How to print the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
}

/// Show where something comes from, and what rests on it
///
/// A source is shown with what it relays, down to its origins, and with the sources that relay
/// it and the articles that cite it; a claim with its sources and the claims that repeat it; an
/// entity with its statements. "What rests on this?" is the first question after a retraction.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsmark trace nwire-0328                What a source rests on, and what rests on it
  newsmark trace --down nwire-0328         What rests on it alone
  newsmark trace desert-camp-aid#zone      A claim: ARTICLE#CLAIM, the article by slug or path
  newsmark trace northland-mod             An entity's statements, and all that rests on them
  newsmark trace @wire [[wire]]            The source of that key; the entity of that name

Exit status: 0 shown, 2 nothing goes by the name, or the corpus could not be read.")]
pub(super) struct Trace {
    /// Sources, entities, articles and claims
    #[arg(value_name = "SOURCE|ARTICLE#CLAIM|ENTITY", required = true)]
    pub(super) names: Vec<String>,

    /// Show only what it rests on
    #[arg(long, conflicts_with = "down")]
    pub(super) up: bool,

    /// Show only what rests on it
    #[arg(long)]
    pub(super) down: bool,

    /// The corpus: its folder, or something in it [default: the one around the current folder]
    #[arg(long, value_name = "PATH")]
    pub(super) corpus: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
}

/// Serve an editor over standard input and output
///
/// The Language Server Protocol; editors start this themselves. docs/editors.md says how to
/// set up yours.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
#[command(after_help = "\
Example, in Neovim:
  vim.lsp.start({ name = 'newsmark', cmd = { 'newsmark', 'lsp' }, root_dir = vim.fn.getcwd() })")]
pub(super) struct Lsp {
    /// Standard input and output: there is nothing else, and clients name it all the same
    #[arg(long, hide = true)]
    stdio: bool,

    /// The client's process; `initialize` names it, too
    #[arg(long, hide = true, alias = "clientProcessId", value_name = "ID")]
    client_process_id: Option<u32>,
}

/// For whom output is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Human,
    /// For programs, one object a line
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// A table for people
    #[default]
    Human,
    /// For programs, one list
    Json,
    /// A table in Markdown
    Markdown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ParseFormat {
    /// For programs, one object (docs/json.md)
    #[default]
    Json,
}

/// The levels, for clap: the library's own type knows nothing of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LevelArg {
    Error,
    Warning,
    Hint,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Level {
        match level {
            LevelArg::Error => Level::Error,
            LevelArg::Warning => Level::Warning,
            LevelArg::Hint => Level::Hint,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileArg {
    /// While writing
    Draft,
    /// While editing
    Standard,
    /// Before it goes out
    Publish,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Profile {
        match profile {
            ProfileArg::Draft => Profile::Draft,
            ProfileArg::Standard => Profile::Standard,
            ProfileArg::Publish => Profile::Publish,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        super::Cli::command().debug_assert();
    }
}
