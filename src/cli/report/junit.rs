//! Findings as results of tests, in the XML that `JUnit` made common: a suite a file, a case a
//! finding. It fails where the check does because of it.

use std::io::{self, Write};

use super::Report;
use super::xml::Xml;
use crate::cli::output::Output;
use crate::diagnostic::Diagnostic;

pub(super) fn write(out: &mut Output, report: &Report<'_>) -> io::Result<()> {
    let fails = |finding: &&Diagnostic| finding.level >= report.fail_on;
    let all = || report.parts.iter().flat_map(|part| part.findings);
    let (count, failed) = (all().count(), all().filter(fails).count());
    let seconds = report.summary.time.as_secs_f64();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="newsmark" tests="{}" failures="{failed}" errors="0" time="{seconds:.3}">"#,
        count.max(1)
    )?;
    for part in &report.parts {
        for (path, findings) in part.by_file() {
            let path = part.shown(path);
            writeln!(
                out,
                r#"  <testsuite name="{}" tests="{}" failures="{}" errors="0" time="0">"#,
                Xml(&path),
                findings.len(),
                findings.iter().filter(fails).count()
            )?;
            for finding in findings {
                case(out, &path, finding, finding.level >= report.fail_on)?;
            }
            writeln!(out, "  </testsuite>")?;
        }
    }
    if count == 0 {
        // What reads it takes no tests at all for a mistake.
        let time = format!(r#"time="{seconds:.3}""#);
        writeln!(out, r#"  <testsuite name="newsmark" tests="1" failures="0" errors="0" {time}>"#)?;
        writeln!(out, r#"    <testcase name="nothing found" classname="newsmark" {time}/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn case(out: &mut Output, path: &str, finding: &Diagnostic, fails: bool) -> io::Result<()> {
    let at = finding.location.place.start;
    let (line, column) = (at.line + 1, at.column + 1);
    let Diagnostic { rule, level, message, .. } = finding;
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let said = format!("{path}:{line}:{column}: {level}[{rule}]: {message}{help}");
    let class = path.rsplit_once('.').map_or(path, |(name, _)| name);
    writeln!(
        out,
        r#"    <testcase name="{rule}, line {line}" classname="{}" file="{}" line="{line}" time="0">"#,
        Xml(class),
        Xml(path)
    )?;
    match fails {
        true => writeln!(
            out,
            r#"      <failure type="{}" message="{}">{}</failure>"#,
            level.as_str(),
            Xml(message),
            Xml(&said)
        )?,
        false => writeln!(out, "      <system-out>{}</system-out>", Xml(&said))?,
    }
    writeln!(out, "    </testcase>")
}
