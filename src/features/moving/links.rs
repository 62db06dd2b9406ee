//! Links, pictures and named files: where they have to lead after a move.

use crate::corpus::{FileFacts, LinkFacts, corpus_target, resolve_path};
use crate::diagnostic::FilePath;
use crate::features::references::Role;
use crate::syntax;
use crate::text::{LineIndex, Span, relative_path};

use super::{Follower, Moves};

/// The ways out of one file, before and after.
pub(super) struct Ways<'m> {
    file: &'m FileFacts,
    /// Where the file is after the move.
    own: &'m FilePath,
    moves: &'m Moves,
}

impl<'m> Ways<'m> {
    pub(super) fn new(file: &'m FileFacts, moves: &'m Moves) -> Self {
        Ways { file, own: moves.get(&file.path).unwrap_or(&file.path), moves }
    }

    /// Where a file is after the move that was at `path`, if the way to it may be another.
    fn target<'p>(&self, path: &'p FilePath) -> Option<&'p FilePath>
    where
        'm: 'p,
    {
        let target = self.moves.get(path).unwrap_or(path);
        (*self.own != self.file.path || target != path).then_some(target)
    }

    /// What has to stand for a destination that leads to the file at `path`; nothing where what
    /// is `written` is right.
    fn destination(&self, written: &str, path: &FilePath) -> Option<String> {
        let target = self.target(path)?;
        let after = corpus_target(self.own, written).and_then(|(path, _)| path);
        (after.as_ref() != Some(target)).then(|| encoded(&relative(self.own, target, written)))
    }

    /// Destinations that stand in the links themselves, and files that are named.
    pub(super) fn plain(&self, out: &mut Vec<Follower>) {
        for link in self.links().filter(|link| link.editable) {
            let Some(path) = &link.path else { continue };
            let written = path_of(&link.written);
            if let Some(new) = self.destination(written, path) {
                out.push(Follower { place: link.place.first(written), role: Role::Link, new });
            }
        }
        for named in &self.file.named_files {
            let Some(target) = named.path.as_ref().and_then(|path| self.target(path)) else { continue };
            if resolve_path(self.own, &named.written).as_ref() == Some(target) {
                continue;
            }
            out.push(Follower {
                place: named.place,
                role: Role::Registry,
                new: relative(self.own, target, &named.written),
            });
        }
    }

    /// Whether the file has links whose destinations are found only in its text: they stand in
    /// the definition of a label, or with backslashes.
    pub(super) fn asks_for_text(&self) -> bool {
        self.links().filter(|link| !link.editable).any(|link| {
            let path = link.path.as_ref();
            path.is_some_and(|path| self.destination(path_of(&link.written), path).is_some())
        })
    }

    /// Those destinations.
    pub(super) fn in_text(&self, text: &str, out: &mut Vec<Follower>) {
        let article = syntax::parse(text);
        let escaped = article.links.iter().filter_map(|link| Some((link.destination?, link.target.as_str())));
        let escaped = escaped.filter(|(span, target)| span.of(text) != *target);
        let defined = article.definitions.iter().map(|found| (found.destination, &*found.target));
        let lines = LineIndex::new(text);
        for (span, target) in escaped.chain(defined) {
            let Some((Some(path), _)) = corpus_target(&self.file.path, target) else { continue };
            let Some(new) = self.destination(path_of(target), &path) else { continue };
            let Some(span) = path_span(text, span, target) else { continue };
            out.push(Follower { place: lines.place(text, span), role: Role::Link, new });
        }
    }

    fn links(&self) -> impl Iterator<Item = &LinkFacts> {
        self.file.article.iter().flat_map(|article| &article.links)
    }
}

/// A destination without the part of the file that it leads to.
fn path_of(destination: &str) -> &str {
    destination.split('#').next().unwrap_or_default()
}

/// Where the path stands of a destination that means `target`; nothing where the text says
/// something that cannot mean it.
fn path_span(text: &str, destination: Span, target: &str) -> Option<Span> {
    let written = destination.of(text);
    let is_it = written == target || written.contains(['\\', '&']);
    // The number sign of `&#40;` begins no anchor.
    let at = if target.contains('#') { written.rfind('#')? } else { written.len() };
    is_it.then(|| Span::new(destination.start(), destination.start() + at))
}

/// The way from the file `own` to the file `target`, both from the corpus root; with `./` at
/// its beginning if it was `written` so.
fn relative(own: &str, target: &str, written: &str) -> String {
    let way = relative_path(own, target);
    if written.starts_with("./") && !way.starts_with("../") { format!("./{way}") } else { way }
}

/// As the destination of a link, in which no space and no parenthesis may stand.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for sign in path.chars() {
        match sign {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{encoded, relative};

    #[test]
    fn a_way_is_written_as_before() {
        assert_eq!(relative("a.md", "b.md", "./c.md"), "./b.md");
        assert_eq!(encoded("a b(1).md"), "a%20b%281%29.md");
    }
}
