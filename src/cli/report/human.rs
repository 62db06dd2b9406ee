//! Findings for people: the line, the underline, the message, what belongs to it, and
//! what to do.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Padding, Renderer, Snippet};

use super::counted;
use super::source::{Sources, Text};
use super::window::Window;
use crate::cli::output::plain;
use crate::cli::table;
use crate::diagnostic::{Diagnostic, Level, Location, Related};

/// A place over more lines than this is shown by its first ones.
const LINES: usize = 4;

/// Related places within this many lines are shown in one piece with the finding.
const NEAR: usize = 3;

/// Of several fixes to choose from, and of related places, as many are shown.
const SHOWN: usize = 5;

/// How findings look.
pub(in crate::cli) struct Human {
    renderer: Renderer,
    columns: usize,
}

impl Human {
    /// For lines of `width` columns.
    pub(in crate::cli) fn new(colour: bool, width: usize) -> Human {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Human {
            // Lines are cut here, to what matters; the renderer would cut them blindly.
            renderer: renderer.decor_style(DecorStyle::Ascii).term_width(10_000),
            columns: width,
        }
    }

    /// Writes one finding and an empty line.
    pub(in crate::cli) fn write(
        &self,
        out: &mut dyn Write,
        finding: &Diagnostic,
        sources: &mut Sources<'_>,
    ) -> io::Result<()> {
        let level = match finding.level {
            Level::Error => annotate_snippets::Level::ERROR,
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Hint => annotate_snippets::Level::INFO.with_name("hint"),
        };
        let message = plain(&finding.message);
        let mut group = Group::with_title(level.primary_title(&*message).id(finding.rule));
        for (at, piece) in self.pieces(finding, sources).into_iter().enumerate() {
            if at > 0 {
                group = group.element(Padding);
            }
            group = piece.add_to(group);
        }
        if finding.related.len() > SHOWN {
            let more = finding.related.len() - SHOWN;
            let places = if more == 1 { "place" } else { "places" };
            group =
                group.element(annotate_snippets::Level::NOTE.message(format!("and {more} more {places}")));
        }
        if let Some(help) = &finding.help {
            group = group.element(annotate_snippets::Level::HELP.message(self.wrapped(help)));
        }
        for fix in fixes(finding) {
            group =
                group.element(annotate_snippets::Level::HELP.with_name("fix").message(self.wrapped(&fix)));
        }
        let drawn = self.renderer.render(&[group]);
        for line in drawn.lines().filter(|line| !is_orphan(line)) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)
    }

    /// Text behind a word such as `help`, on as many lines as it needs. The gutter, the
    /// sign and the word take some 14 columns.
    fn wrapped(&self, text: &str) -> String {
        table::wrap(&plain(text), self.columns.saturating_sub(14).max(20), "")
    }

    /// The pieces of source that belong to a finding, its own first.
    fn pieces(&self, finding: &Diagnostic, sources: &mut Sources<'_>) -> Vec<Piece> {
        let mut shown: Vec<Mark> = vec![Mark { location: &finding.location, label: None }];
        let mut apart: Vec<&Related> = Vec::new();
        let own = finding.location.place.start.line;
        for related in finding.related.iter().take(SHOWN) {
            let near = related.location.path == finding.location.path
                && related.location.place.start.line.abs_diff(own) as usize <= NEAR;
            if near { shown.push(Mark::of(related)) } else { apart.push(related) }
        }
        let mut pieces = Vec::new();
        let text = sources.text(&finding.location.path);
        // Two places of one long line may be too far apart to be seen in one piece.
        match self.piece(&shown, text.as_deref(), sources) {
            Some(piece) => pieces.push(piece),
            None => {
                pieces.extend(self.piece(&shown[..1], text.as_deref(), sources));
                pieces.extend(
                    shown[1..]
                        .iter()
                        .filter_map(|mark| self.piece(std::slice::from_ref(mark), text.as_deref(), sources)),
                );
            }
        }
        for related in apart {
            let text = sources.text(&related.location.path);
            pieces.extend(self.piece(&[Mark::of(related)], text.as_deref(), sources));
        }
        pieces
    }

    /// One piece of source with marks in it, of which the first gives the place;
    /// `None` if they do not fit on their line.
    fn piece(&self, marks: &[Mark<'_>], text: Option<&Text>, sources: &Sources<'_>) -> Option<Piece> {
        let first = marks.first()?;
        let place = first.location.place;
        let mut piece = Piece {
            path: plain(&sources.shown(&first.location.path)).into_owned(),
            position: None,
            lines: None,
            note: first.label.map(|label| plain(label).into_owned()),
        };
        let Some(text) = text.filter(|text| marks.iter().all(|mark| text.has(mark.location.place))) else {
            if marks.len() > 1 {
                return None;
            }
            if place.end.offset > 0 {
                piece.position = Some((place.start.line as usize + 1, place.start.column as usize + 1));
            }
            return Some(piece);
        };
        piece.position = Some((place.start.line as usize + 1, place.start.column as usize + 1));
        let segments: Vec<Segment> = marks.iter().flat_map(|mark| mark.segments(text)).collect();
        let from = segments.iter().map(|segment| segment.line).min()?;
        let to = segments.iter().map(|segment| segment.line).max()?;
        // The gutter: the number, a space, the bar, a space.
        let columns = self.columns.saturating_sub((to + 1).to_string().len() + 3);
        let mut source = String::new();
        let mut annotations = Vec::new();
        for line in from..=to {
            let own: Vec<&Segment> = segments.iter().filter(|segment| segment.line == line).collect();
            let start = own.iter().map(|segment| segment.range.start).min().unwrap_or(0);
            let end = own.iter().map(|segment| segment.range.end).max().unwrap_or(0);
            let window = Window::new(text.line(line), start..end, columns);
            let whole = own.len() < 2 || own.iter().all(|segment| window.shows(&segment.range));
            if !whole {
                return None;
            }
            for segment in own {
                let shown = window.to_shown(segment.range.start)..window.to_shown(segment.range.end);
                annotations.push((
                    source.len() + shown.start..source.len() + shown.end,
                    segment.kind,
                    segment.label.clone().map(Cow::into_owned),
                ));
            }
            source += &window.text;
            source.push('\n');
        }
        source.pop();
        piece.note = None;
        piece.lines = Some(Lines { source, first: from + 1, annotations });
        Some(piece)
    }
}

/// Whether a line is the head of a piece without a path: the renderer draws one below
/// each [`Origin`] but cannot be told not to (annotate-snippets 0.12), and the columns that it works
/// out for a path of its own are wrong in a line that was cut.
fn is_orphan(line: &str) -> bool {
    line.contains(":::") && anstream::adapter::strip_str(line).to_string().trim() == ":::"
}

/// What to say about the fixes of a finding.
fn fixes(finding: &Diagnostic) -> Vec<String> {
    let title = |at: usize| finding.fixes[at].title.clone();
    match finding.fixes.len() {
        0 => Vec::new(),
        _ if !finding.choice => vec![title(0)],
        count => {
            let mut lines: Vec<String> = (0..count.min(SHOWN)).map(title).collect();
            if count > SHOWN {
                lines.push(format!("or one of {} more", count - SHOWN));
            }
            lines
        }
    }
}

/// A place to underline.
#[derive(Clone)]
struct Mark<'a> {
    location: &'a Location,
    /// Set for related places.
    label: Option<&'a str>,
}

/// The part of a mark that lies on one line.
struct Segment<'a> {
    line: usize,
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<Cow<'a, str>>,
}

impl<'a> Mark<'a> {
    fn of(related: &'a Related) -> Mark<'a> {
        Mark { location: &related.location, label: Some(&related.message) }
    }

    /// A mark over several lines, line by line: prose is read so.
    fn segments(&self, text: &Text) -> Vec<Segment<'a>> {
        let place = self.location.place;
        let kind = if self.label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
        let (from, to) = (place.start.line as usize, place.end.line as usize);
        let mut segments: Vec<Segment<'_>> = (from..=to.min(from + LINES - 1))
            .filter_map(|line| {
                let start = text.start_of(line);
                let content = text.line(line);
                let first = (place.start.offset as usize).saturating_sub(start).min(content.len());
                let last = (place.end.offset as usize).saturating_sub(start).min(content.len());
                // Neither the indentation of a further line nor an empty one is part of the words.
                let indent = content.len() - content.trim_start().len();
                let range = if line > from { indent.max(first)..last } else { first..last };
                let is_empty = range.end <= range.start;
                (line == from || !is_empty).then(|| Segment {
                    line,
                    range: range.start..range.end.max(range.start),
                    kind,
                    label: None,
                })
            })
            .collect();
        let more = to.saturating_sub(from + LINES - 1);
        if let Some(last) = segments.last_mut() {
            last.label = match (self.label, more) {
                (None, 1..) => Some(Cow::Owned(format!("and {}", counted(more, "more line", "more lines")))),
                (label, _) => label.map(plain),
            };
        }
        segments
    }
}

/// A piece of source, ready to be drawn.
struct Piece {
    path: String,
    /// Line and column, from 1.
    position: Option<(usize, usize)>,
    lines: Option<Lines>,
    /// What is to be seen there, where there are no lines to write it on.
    note: Option<String>,
}

struct Lines {
    source: String,
    first: usize,
    annotations: Vec<(Range<usize>, AnnotationKind, Option<String>)>,
}

impl Piece {
    fn add_to(self, group: Group<'_>) -> Group<'_> {
        let mut origin = Origin::path(self.path);
        if let Some((line, column)) = self.position {
            origin = origin.line(line).char_column(column);
        }
        let mut group = group.element(origin);
        if let Some(Lines { source, first, annotations }) = self.lines {
            let annotations = annotations.into_iter().map(|(range, kind, label)| {
                let annotation: Annotation<'_> = kind.span(range);
                annotation.label(label)
            });
            group = group.element(
                Snippet::source(source)
                    .line_start(first)
                    .fold(false)
                    .annotations(annotations.collect::<Vec<_>>()),
            );
        }
        match self.note {
            Some(note) => group.element(annotate_snippets::Level::NOTE.message(note)),
            None => group,
        }
    }
}
