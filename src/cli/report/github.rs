//! Findings as commands of GitHub's workflows, which it shows beside the lines of a pull request:
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>.

use std::io::{self, Write};

use super::Part;
use crate::cli::output::Output;
use crate::diagnostic::{Diagnostic, Level};

pub(super) fn write(out: &mut Output, part: &Part<'_>) -> io::Result<()> {
    for finding in part.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Hint => "notice",
        };
        let (start, end) = (finding.location.place.start, finding.location.place.end);
        write!(
            out,
            "::{command} file={},line={},endLine={}",
            property(&part.shown(&finding.location.path)),
            start.line + 1,
            end.line + 1
        )?;
        // Columns of a place that goes over several lines are not understood.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column + 1, end.column + 1)?;
        }
        writeln!(out, ",title={}::{}", property(finding.rule), data(&said(finding)))?;
        if out.is_closed() {
            break;
        }
    }
    Ok(())
}

/// The message, and what to do.
fn said(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    }
}

/// What follows the command, as it has to be written.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of the command, likewise.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
