//! Findings as Checkstyle writes them, which many tools read.

use std::io::{self, Write};

use super::Part;
use super::xml::Xml;
use crate::cli::output::Output;
use crate::diagnostic::Level;

pub(super) fn write(out: &mut Output, parts: &[Part<'_>]) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<checkstyle version="4.3">"#)?;
    for part in parts {
        for (path, findings) in part.by_file() {
            writeln!(out, r#"  <file name="{}">"#, Xml(&part.shown(path)))?;
            for finding in findings {
                let at = finding.location.place.start;
                let severity = match finding.level {
                    Level::Error => "error",
                    Level::Warning => "warning",
                    Level::Hint => "info",
                };
                writeln!(
                    out,
                    r#"    <error line="{}" column="{}" severity="{severity}" message="{}" source="newsmark.{}"/>"#,
                    at.line + 1,
                    at.column + 1,
                    Xml(&finding.message),
                    finding.rule
                )?;
            }
            writeln!(out, "  </file>")?;
        }
    }
    writeln!(out, "</checkstyle>")
}
