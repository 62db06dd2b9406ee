//! Whatever a corpus holds and wherever the cursor is: every answer is there or not, and
//! its places lie where they say.

use std::sync::Arc;

use newsmark::corpus::{
    Change, ClaimTarget, Corpus, EntityReference, EntityRole, FileFacts, FileKind, Known, SourceRole,
};
use newsmark::diagnostic::FilePath;
use newsmark::features::hierarchy;
use newsmark::features::reach::{Reach, beginnings, beginnings_page, touched_page};
use newsmark::features::{self, Asked, InlaySettings, LinkTo, Says, Symbol};
use newsmark::lint::{self, FileRole};
use newsmark::text::{LineIndex, Place, Span};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::{Files, Newsroom};
use crate::{incremental, parser};

/// Something to lead to from any article.
const REGISTRIES: &[(&str, &str)] = &[
    ("entities.yaml", "- {id: x, type: person, name: X}\n- id: é\n  aliases: [a, word]\n"),
    ("sources.yaml", "- {id: a, type: speech, author: [{literal: X}]}\n- id: b\n  type: report\n"),
    ("b.md", "[x]{.claim #a}\n"),
];

/// The place is one of the text: its bytes are characters, its lines and columns theirs.
fn check_place(text: &str, lines: &LineIndex, place: Place) {
    assert!(text.get(place.span().range()).is_some(), "{place:?} is no stretch of {text:?}");
    assert_eq!(lines.place(text, place.span()), place, "{text:?}");
}

/// What something leads to is there.
fn check_targets(files: &Files, origin: Option<Place>, led: Option<features::Definition>) {
    let Some(led) = led else { return };
    assert_eq!(Some(led.origin), origin);
    assert!(!led.targets.is_empty());
    for target in led.targets {
        let text = files.get(&*target.path).expect("it leads to a file that is there");
        let lines = LineIndex::new(text);
        check_place(text, &lines, target.whole);
        check_place(text, &lines, target.name);
        assert!(target.whole.span().contains(target.name.span()), "{target:?} in {text:?}");
    }
}

/// Every answer at every offset of one file.
fn check_file(room: &Newsroom, files: &Files, file: &FileFacts) {
    let text = &files[&*file.path];
    let lines = LineIndex::new(text);
    for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
        let found = features::at(&room.corpus, file, offset);
        if let Some(found) = found {
            check_place(text, &lines, found.place);
            let span = found.place.span();
            assert!((span.start()..=span.end()).contains(&offset), "{offset} in {text:?}");
        }
        let definition = features::definition(&room.corpus, file, text, offset);
        check_targets(files, found.map(|found| found.place), definition);
        if let Some(hover) = features::hover(&room.corpus, &room.config, file, text, offset) {
            check_place(text, &lines, hover.place);
            let span = hover.place.span();
            assert!((span.start()..=span.end()).contains(&offset), "{offset} in {text:?}");
            assert!(!hover.markdown.trim().is_empty());
        }
        for led in [
            features::declaration(&room.corpus, file, text, offset),
            features::type_definition(&room.corpus, file, offset),
            features::implementation(&room.corpus, file, offset),
        ] {
            check_targets(files, found.map(|found| found.place), led);
        }
        if let Some(found) = features::completion(&room.corpus, file, text, offset, Some("2026-03-11")) {
            check_place(text, &lines, found.typed);
            check_place(text, &lines, found.word);
            assert_eq!(found.typed.end.offset as usize, offset, "{found:?} in {text:?}");
            assert_eq!(found.typed.start, found.word.start, "{found:?} in {text:?}");
            assert!(found.word.end >= found.typed.end, "{found:?} in {text:?}");
            assert_eq!(found.word.start.line, found.word.end.line, "{found:?} in {text:?}");
            assert!(found.items.len() <= 100);
            for item in found.items {
                assert!(!item.label.is_empty() && !item.text.contains(['\n', '\r']), "{item:?} in {text:?}");
                let _ = features::describe(&room.corpus, &room.config, file, &item.subject);
            }
        }
    }
    let symbols = features::symbols(file, text);
    check_symbols(text, &lines, &symbols);
    check_parts(room, file, text, &lines);
    check_shown(room, files, file, &lines);
}

/// Folds, links, ids that are edited together, growing selections.
fn check_parts(room: &Newsroom, file: &FileFacts, text: &str, lines: &LineIndex) {
    for fold in features::folds(file, text) {
        check_place(text, lines, fold.place);
        assert!(fold.place.start.line < fold.place.end.line, "{fold:?} in {text:?}");
    }
    let mut end = 0;
    for link in features::links(&room.corpus, file, text) {
        check_place(text, lines, link.place);
        assert!(link.place.start.offset >= end, "{link:?} is over another in {text:?}");
        end = link.place.end.offset;
        if let LinkTo::Web(address) = &link.to {
            assert!(address.to_lowercase().starts_with("http"), "{link:?}");
        }
    }
    let offsets: Vec<usize> = (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)).collect();
    let grown = features::selections(file, text, &offsets);
    assert_eq!(grown.len(), offsets.len());
    for (offset, steps) in offsets.iter().zip(grown) {
        for place in &steps {
            check_place(text, lines, *place);
            let span = place.span();
            assert!((span.start()..=span.end()).contains(offset), "{offset}: {place:?} in {text:?}");
        }
        for pair in steps.windows(2) {
            let [inner, outer] = [pair[0].span(), pair[1].span()];
            assert!(outer.contains(inner) && outer != inner, "{offset}: {pair:?} in {text:?}");
        }
        assert_eq!(steps.last().map(|place| place.span().range()), Some(0..text.len()));
        let Some(places) = features::linked(&room.corpus, file, text, *offset) else { continue };
        let words: Vec<&str> = places.iter().map(|place| place.span().of(text)).collect();
        assert!(words.iter().all(|word| *word == words[0]), "{words:?} in {text:?}");
        assert!(places.windows(2).all(|pair| pair[0].end.offset <= pair[1].start.offset), "{places:?}");
        places.iter().for_each(|place| check_place(text, lines, *place));
    }
}

/// What is shown of a file without a cursor.
fn check_shown(room: &Newsroom, files: &Files, file: &FileFacts, lines: &LineIndex) {
    let (corpus, text) = (&room.corpus, &files[&*file.path]);
    let all = Span::new(0, text.len());
    for lens in features::lenses(corpus, file) {
        check_place(text, lines, lens.place);
        let told = match &lens.says {
            Says::This(told) => Some(told.clone()),
            Says::Entity(id) => features::told_of_entity(corpus, file, id),
            Says::Source(key) => features::told_of_source(corpus, file, key),
        };
        let told = told.expect("what is offered is there");
        check_place(text, lines, told.at);
        for place in told.places.into_iter().flatten() {
            let text = files.get(&*place.path).expect("the file is there");
            check_place(text, &LineIndex::new(text), place.place);
        }
    }
    for hint in features::inlay_hints(corpus, file, all, InlaySettings::default()) {
        check_place(text, lines, hint.place);
        check_place(text, lines, hint.about);
        assert!(!hint.label.trim().is_empty() && !hint.label.contains(['\n', '\r']), "{hint:?}");
    }
    let tokens = features::tokens(corpus, file, text, all, true);
    for token in &tokens {
        check_place(text, lines, token.place);
        assert_eq!(token.place.start.line, token.place.end.line, "{token:?} in {text:?}");
        assert!(!token.place.span().is_empty(), "{token:?} in {text:?}");
    }
    for pair in tokens.windows(2) {
        assert!(pair[0].place.end.offset <= pair[1].place.start.offset, "{pair:?} in {text:?}");
    }
}

/// What rests on what is found from both ends, and every walk ends.
fn check_hierarchy(room: &Newsroom, file: &FileFacts) {
    let corpus = &room.corpus;
    let claims = file.article.as_ref().map_or(0, |article| article.claims.len());
    let claims = (0..claims).map(|number| Asked::Claim(file, number as u32));
    let sources = file.sources.iter().filter(|source| !source.stale);
    let sources = sources.map(|what| Asked::Source(Known { file, what }));
    let articles = file.article.iter().map(|_| Asked::Article(file));
    // Some of each are enough: files are many.
    for asked in claims.take(3).chain(sources.take(3)).chain(articles) {
        let own = hierarchy::item(corpus, &asked);
        let Some(asked) = hierarchy::find(corpus, file, &own.spot) else { continue };
        let own = hierarchy::item(corpus, &asked);
        for user in hierarchy::files(corpus, &asked).into_iter().filter_map(|id| corpus.file(id)) {
            for tie in hierarchy::incoming(corpus, user, &asked) {
                let from = hierarchy::find(corpus, user, &tie.item.spot).expect("it is found again");
                // Of two with one name the first is found.
                if hierarchy::item(corpus, &from) != tie.item {
                    continue;
                }
                let back = hierarchy::outgoing(corpus, &from);
                assert!(back.iter().any(|back| back.item.spot == own.spot), "{tie:?} rests on {own:?}");
            }
        }
        let _ = beginnings_page(&own, &beginnings(corpus, file, &asked));
        let mut walk = Reach::new(own.spot.clone());
        let mut touched = Vec::new();
        while let Some(part) = walk.part(corpus, file, 3) {
            touched.extend(part);
        }
        let _ = touched_page(&own, &touched);
    }
    for what in &file.entities {
        let known = Known { file, what };
        for item in hierarchy::wholes(corpus, known).into_iter().chain(hierarchy::parts(corpus, known)) {
            assert!(hierarchy::find(corpus, file, &item.spot).is_some(), "{item:?}");
        }
    }
}

fn check_symbols(text: &str, lines: &LineIndex, symbols: &[Symbol]) {
    for symbol in symbols {
        assert!(!symbol.name.trim().is_empty(), "{symbol:?} in {text:?}");
        check_place(text, lines, symbol.whole);
        check_place(text, lines, symbol.name_place);
        let whole = symbol.whole.span();
        assert!(whole.contains(symbol.name_place.span()), "{symbol:?} in {text:?}");
        for child in &symbol.children {
            assert!(whole.contains(child.whole.span()), "{symbol:?} in {text:?}");
        }
        check_symbols(text, lines, &symbol.children);
    }
    for pair in symbols.windows(2) {
        assert!(pair[0].whole.start <= pair[1].whole.start, "{pair:?} in {text:?}");
    }
}

/// What the tables say of uses is what a walk over every file finds.
fn check_usage(corpus: &Corpus) {
    let articles = || corpus.files().map(|(_, file)| file).filter(|file| file.kind == FileKind::Article);
    for (_, file) in corpus.files() {
        // Of several with one id, which is reported, each goes by names of its own.
        let is_only = |id: &str| corpus.entities_with_id(id).count == 1;
        for what in file.entities.iter().filter(|what| is_only(what.folded_id())) {
            let means = |user: &FileFacts, one: &EntityReference| {
                let known = match one.role {
                    EntityRole::Settled => corpus.by_id(&one.folded),
                    _ => corpus.entity(user, &one.folded).one(),
                };
                known.is_some_and(|known| known.what.folded_id() == what.folded_id())
            };
            let names = articles().filter(|user| {
                let mut own = user.entity_references.iter().filter(|one| one.role != EntityRole::Issuer);
                own.any(|one| means(user, one))
            });
            assert_eq!(corpus.articles_naming(Known { file, what }).articles, names.count(), "{}", what.id);
        }
        for what in &file.sources {
            let cites = articles().filter(|user| {
                let cited = user.article.iter().flat_map(|article| &article.cited).map(|cited| &cited.key);
                let role = |role| matches!(role, SourceRole::Via | SourceRole::Div);
                let others = user.source_references.iter().filter(|one| role(one.role)).map(|one| &one.key);
                let own = cited.chain(others).any(|key| *key == what.key);
                own && corpus.source(user, &what.key).is_some_and(|known| std::ptr::eq(known.what, what))
            });
            assert_eq!(corpus.articles_citing(Known { file, what }).articles, cites.count(), "{}", what.key);
        }
        let anchors = file.article.iter().flat_map(|article| &article.anchors).filter(|one| one.is_claim);
        for anchor in anchors {
            let mut found: Vec<(&str, Place)> = Vec::new();
            for (_, user) in corpus.files() {
                for one in user.article.iter().flat_map(|article| &article.claim_references) {
                    let target = corpus.claim(user, one);
                    if matches!(target, ClaimTarget::Claim(to, _) if to.path == file.path)
                        && one.id == anchor.id
                    {
                        found.push((&user.path, one.place));
                    }
                }
            }
            found.sort();
            let references = corpus.claim_references_to(file, &anchor.id);
            let mut said: Vec<(&str, Place)> =
                references.iter().map(|(user, one)| (&*user.path, one.place)).collect();
            said.sort();
            assert_eq!(said, found, "{} #{}", file.path, anchor.id);
        }
    }
}

fn check(files: &Files) {
    let room = Newsroom::new(files);
    check_usage(&room.corpus);
    for (_, file) in room.corpus.files() {
        check_file(&room, files, file);
        check_hierarchy(&room, file);
    }
    check_names(&room, files);
}

/// Whatever has a name is found by it, and stands where it is said to.
fn check_names(room: &Newsroom, files: &Files) {
    let all = features::workspace_symbols(&room.corpus, "", 200);
    let words = ["a", "x", "#", "a#", "é", "𝄞", "word x"].map(str::to_owned);
    for wanted in all.iter().map(|symbol| symbol.name.clone()).chain(words) {
        for symbol in features::workspace_symbols(&room.corpus, &wanted, 200) {
            assert!(!symbol.name.trim().is_empty());
            let text = files.get(&*symbol.path).expect("it is in a file that is there");
            let place = features::symbol_place(&room.corpus, &symbol.path, symbol.kind, &symbol.id);
            if let Some(place) = place {
                check_place(text, &LineIndex::new(text), place);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_corpus_is_answered_for(
        texts in incremental::PATHS.iter().map(|path| incremental::text_for(path)).collect::<Vec<_>>(),
        half in prop::option::of((any::<Index>(), any::<Index>())),
    ) {
        let paths = incremental::PATHS.iter().map(|path| (*path).to_owned());
        let mut files: Files = paths.zip(texts).collect();
        files.insert("newsmark.toml".to_owned(), incremental::CONFIG.to_owned());
        if let Some((file, at)) = half {
            // Somebody is typing, and what comes next is not there yet.
            let path = incremental::PATHS[file.index(incremental::PATHS.len())];
            let text = files.get_mut(path).expect("every path has a file");
            text.truncate(at.index(text.len() + 1));
        }
        check(&files);
    }

    #[test]
    fn any_markup_is_answered_for(text in parser::articles()) {
        let mut files: Files =
            REGISTRIES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        files.insert("a.md".to_owned(), text);
        check(&files);
    }

    /// What is kept of an entry while it is half-typed has places in a text that is gone.
    #[test]
    fn a_half_typed_registry_is_answered_for(
        text in incremental::text_for("entities.yaml"),
        sources in incremental::text_for("sources.yaml"),
        article in incremental::text_for("a.md"),
        at in any::<Index>(),
    ) {
        for (path, text, role) in [
            ("entities.yaml", &text, FileRole::Entities),
            ("sources.yaml", &sources, FileRole::Sources),
        ] {
            let mut files = Files::from([("a.md".to_owned(), article.clone()), (path.to_owned(), text.clone())]);
            let mut room = Newsroom::new(&files);
            let typing = format!("{}[", &text[..at.index(text.len() + 1)]);
            let path: FilePath = Arc::from(path);
            let mut facts = lint::read(&path, &typing, role);
            facts.keep_known(&lint::read(&path, text, role));
            files.insert(path.to_string(), typing);
            room.corpus.apply([Change::Put(Box::new(facts))]);
            for (_, file) in room.corpus.files() {
                check_file(&room, &files, file);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a configuration holds, also half-typed.
    #[test]
    fn any_configuration_is_answered_for(
        lines in prop::collection::vec(prop::sample::select(SETTINGS), 0..12),
        end in any::<Index>(),
    ) {
        let mut text = lines.concat();
        let end = (0..=end.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        let files: Files =
            REGISTRIES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let room = Newsroom::new(&files);
        let file = super::facts(&room.corpus, "newsmark.toml");
        let lines = LineIndex::new(&text);
        for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
            if let Some(hover) = features::hover(&room.corpus, &room.config, file, &text, offset) {
                check_place(&text, &lines, hover.place);
                assert!(!hover.markdown.trim().is_empty());
            }
            let origin = features::definition(&room.corpus, file, &text, offset).map(|led| led.origin);
            if let Some(origin) = origin {
                check_place(&text, &lines, origin);
            }
            let led = features::definition(&room.corpus, file, &text, offset);
            check_targets(&files, origin, led);
        }
        check_symbols(&text, &lines, &features::symbols(file, &text));
    }
}

/// Lines of configurations, right and wrong.
const SETTINGS: &[&str] = &[
    "profile = \"draft\"\n",
    "profile = 3\n",
    "[corpus]\n",
    "articles = [\"a.md\", \"b.md\", './b.md']\n",
    "entities = \"entities.yaml\"\r\n",
    "[rules]\n",
    "unsourced-claim = \"off\"\n",
    "no-such = \"error\"\n",
    "[names]\n",
    "\"é 𝄞\" = \"x\"\n",
    "X = \"é\"\n",
    "[[overrides]]\n",
    "paths = [\"b.md\"]\n",
    "rules = { unsourced-claim = \"hint\", }\n",
    "corpus.size-limit = \"1 MiB\"\n",
    "[corpus.extra]\n",
    "[pictures]\noutdated-days = 3\n",
    "= ]\n",
    "\"\"\"",
    "\n",
];

/// An offset of no character, or of no byte, is nobody's: it finds nothing, or what is
/// around it.
#[test]
fn any_number_is_an_offset() {
    let files = Files::from([("a.md".to_owned(), "é [[é]] [é]{.claim}".to_owned())]);
    let room = Newsroom::new(&files);
    let (_, file) = room.corpus.files().next().expect("there is a file");
    let text = &files["a.md"];
    for offset in (0..40).chain([usize::MAX, u32::MAX as usize, u32::MAX as usize + 1]) {
        let _ = features::definition(&room.corpus, file, text, offset);
        let _ = features::hover(&room.corpus, &room.config, file, text, offset);
        let _ = features::declaration(&room.corpus, file, text, offset);
        let _ = features::type_definition(&room.corpus, file, offset);
        let _ = features::implementation(&room.corpus, file, offset);
    }
}
