//! Findings as GitLab's code-quality report, for the widget of a merge request:
//! <https://docs.gitlab.com/ci/testing/code_quality/>.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::cli::identity::Fingerprints;
use crate::cli::output::Output;
use crate::diagnostic::Level;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(out: &mut Output, report: &Report<'_>) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut comma = "";
    out.write_all(b"[")?;
    for part in &report.parts {
        let mut sources = part.sources();
        for (finding, about) in part.findings.iter().zip(part.abouts) {
            let path = part.shown(&finding.location.path);
            let place = finding.location.place;
            let print = fingerprints.of(finding, about.as_ref(), &mut sources);
            let issue = Issue {
                description: &finding.message,
                check_name: finding.rule,
                // It has to be one of its own in the whole report.
                fingerprint: format!("{print}-{:x}", crate::cli::identity::digest(&[&path]) as u32),
                severity: match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Hint => "info",
                },
                location: Location {
                    path: &path,
                    lines: Lines { begin: place.start.line + 1, end: place.end.line + 1 },
                },
            };
            write!(out, "{comma}\n  ")?;
            serde_json::to_writer(&mut *out, &issue)?;
            comma = ",";
        }
    }
    writeln!(out, "\n]")
}
