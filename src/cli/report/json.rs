//! Findings for programs, one object a line: `docs/json.md`.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Edit, Level, Location};
use crate::text::{Place, Position};

/// A position. Lines and columns count from 1, columns in code points.
#[derive(Serialize)]
pub(in crate::cli) struct JsonPosition {
    line: u32,
    column: u32,
    offset: u32,
}

/// A range of a text; `end` is no longer part of it.
#[derive(Serialize)]
pub(in crate::cli) struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

impl From<Position> for JsonPosition {
    fn from(at: Position) -> Self {
        JsonPosition { line: at.line + 1, column: at.column + 1, offset: at.offset }
    }
}

impl From<Place> for JsonRange {
    fn from(place: Place) -> Self {
        JsonRange { start: place.start.into(), end: place.end.into() }
    }
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    path: &'a str,
    rule: &'a str,
    level: Level,
    message: &'a str,
    range: JsonRange,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<JsonRelated<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: &'a str,
    range: JsonRange,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    path: &'a str,
    range: JsonRange,
    text: &'a str,
}

/// Writes one finding as a line.
pub(in crate::cli) fn write(out: &mut dyn Write, finding: &Diagnostic) -> io::Result<()> {
    let Location { path, place } = &finding.location;
    // Where a person has to choose, there is no fix for a program to take.
    let fix = finding.fixes.first().filter(|_| !finding.choice);
    let finding = JsonFinding {
        path,
        rule: finding.rule,
        level: finding.level,
        message: &finding.message,
        range: (*place).into(),
        related: finding
            .related
            .iter()
            .map(|related| JsonRelated {
                path: &related.location.path,
                range: related.location.place.into(),
                message: &related.message,
            })
            .collect(),
        help: finding.help.as_deref(),
        fix: fix.map(|fix| JsonFix { title: &fix.title, edits: fix.edits.iter().map(edit).collect() }),
    };
    serde_json::to_writer(&mut *out, &finding)?;
    out.write_all(b"\n")
}

fn edit(edit: &Edit) -> JsonEdit<'_> {
    let Location { path, place } = &edit.location;
    JsonEdit { path, range: (*place).into(), text: &edit.text }
}
