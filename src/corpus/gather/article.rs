//! The facts of an article.

use std::iter::Peekable;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::data::Spanned;
use crate::data::date::Date;
use crate::syntax::front_matter::{Correction, FrontMatter, Text};
use crate::syntax::sentence::{quotations, word_count};
use crate::syntax::{
    self, Annotation, Article, Attribute, Attributes, Belongings, Block, BlockKind, Carrier, CitedItem,
    Nearby, Suppression, SuppressionScope, is_quoted_name, vocabulary,
};
use crate::text::{Span, fold, one_edit_away};

use super::super::article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimReference, ClaimRelation, CorrectionFacts, Coverage,
    Mentioned, QuoteFacts, Reply, ReplyWord, Speaker, SuppressionFacts, Verdict,
};
use super::super::facts::{
    EntityReference, EntityRole, FileFacts, FileKind, NamedFile, Pointer, PointerRole, SourceReference,
    SourceRole,
};
use super::attributions::vague_attributions;
use super::numbers::numbers;
use super::{
    RegistryProblems, SourceText, coverage, event_dates, figures, guard, headline, links, names, notes,
    pictures, quotations, registry, resolve_path, titles,
};

/// Quotations of fewer words are scraps, which a sentence may hold without a source.
const QUOTED_WORDS: usize = 4;

/// A quotation in a quotation is kept twice, as part of it and on its own; what is nested
/// deeper is not kept again.
const MOST_QUOTES: u32 = 2;

/// Boils an article or a dossier down to its facts; also returns what is wrong with its
/// own sources. What the rules about single files find is still to be added.
#[must_use]
pub fn article_facts(
    source: &SourceText<'_>,
    kind: FileKind,
    article: &Article,
    front: &FrontMatter,
    belongings: &Belongings,
) -> (FileFacts, RegistryProblems) {
    let mut gatherer = Gatherer {
        source,
        article,
        front,
        belongings,
        facts: FileFacts::empty(source.path.clone(), kind),
        out: ArticleFacts::default(),
        claim_numbers: FxHashMap::default(),
        keys: vec![Keys::default(); article.annotations.len()],
        problems: RegistryProblems::default(),
    };
    gatherer.front_matter();
    gatherer.cited();
    gatherer.annotations();
    gatherer.anchors();
    gatherer.mentions();
    gatherer.in_prose();
    gatherer.out.headline = headline::headline(source, article, front);
    gatherer.out.links = links::links(source, article);
    gatherer.quotes();
    gatherer.suppressions();
    if kind == FileKind::Article {
        gatherer.out.names = names::names(source, article, front, gatherer.unshown());
    }
    gatherer.out.unannotated = coverage::unannotated(source, kind, article);
    let Gatherer { mut facts, mut out, problems, .. } = gatherer;
    out.annotated = !out.claims.is_empty()
        || !out.mentions.is_empty()
        || article.citations.iter().any(|citation| !citation.bare);
    facts.article = Some(out);
    facts.end = source.place(Span::at(source.text.len()));
    (facts, problems)
}

/// What an annotation says for itself and for what is nested in it.
#[derive(Clone, Default)]
struct Keys {
    by: Speaker,
    against: Option<u32>,
    via: Option<u32>,
    event: Option<u32>,
    on: Option<Date>,
    /// Of the annotation alone.
    place: Option<u32>,
    div_sources: Range<u32>,
    entry: Option<Date>,
    /// How many quotes are around it, itself counted.
    quotes: u32,
}

struct Gatherer<'a> {
    source: &'a SourceText<'a>,
    article: &'a Article,
    front: &'a FrontMatter,
    belongings: &'a Belongings,
    facts: FileFacts,
    out: ArticleFacts,
    /// From annotations to claims.
    claim_numbers: FxHashMap<usize, u32>,
    /// For each annotation, what holds in it.
    keys: Vec<Keys>,
    /// What is wrong with the article's own sources.
    problems: RegistryProblems,
}

impl Gatherer<'_> {
    fn front_matter(&mut self) {
        let (front, path) = (self.front, self.source.path);
        let stem = crate::text::stem(path);
        self.out.slug = front.slug.as_ref().map_or(stem, |slug| slug.as_str()).into();
        self.out.title = front.title.as_ref().map(|title| notes::shown(title.as_str()));
        self.out.lang = front.language().into();
        self.out.undated = front.date.is_none();
        let has_status =
            |word: &str| front.status.as_ref().is_some_and(|status| status.as_str().trim() == word);
        self.out.retracted = has_status("retracted");
        self.out.corrected = has_status("corrected");
        self.out.corrections = front.corrections.iter().map(correction).collect();
        self.out.in_review = has_status("review");
        let corrected = front.corrections.iter().filter_map(|correction| correction.date.as_ref());
        for date in front.date.iter().chain(&front.updated).chain(corrected) {
            match Date::parse_lenient(date.as_str()) {
                Ok(date) => self.out.dates.push(date),
                Err(_) => self.out.undated = true,
            }
        }
        for (name, id) in &front.entities {
            self.out.settled.push((fold(name.as_str()).into(), fold(id.as_str()).into()));
            self.facts.entity_references.push(self.source.entity(id.as_str(), id.span, EntityRole::Settled));
            self.facts.pointers.push(Pointer {
                role: PointerRole::Settled,
                name: fold(id.as_str()).into(),
                place: self.source.place(name.span),
            });
        }
        // Of two that settle one name the first counts, and stays the first.
        self.out.settled.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.out.settle_at = self.settle_at();
        for name in &front.bibliography {
            let named = resolve_path(path, name.as_str());
            self.out.bibliographies.extend(named.clone());
            self.facts.named_files.push(NamedFile {
                path: named,
                written: name.as_str().into(),
                bibliography: true,
                place: self.source.place(name.span),
            });
        }
        if let Some(references) = &front.references {
            let mut read = crate::registry::read_references(self.source.text, references);
            guard::entries(self.source.text, &mut read);
            self.problems.entries = read.problems;
            self.problems.dates = registry::add_sources(self.source, &mut self.facts, &read.entries);
        }
        for claim in &front.title_claims {
            self.claim_reference(claim.as_str().trim_start_matches('#'), claim);
        }
    }

    /// Where a settled name can be written into the front matter.
    fn settle_at(&self) -> Option<(crate::text::Place, Box<str>, Box<str>)> {
        let text = self.source.text;
        let block = self.article.front_matter.as_ref()?;
        let at = |offset: usize| self.source.place(Span::at(offset));
        match self.front.entities_at {
            Some(list) if list.of(text).ends_with('}') => {
                let comma = if self.front.entities.is_empty() { "" } else { ", " };
                Some((at(list.end() - 1), comma.into(), "".into()))
            }
            Some(list) => {
                // The list goes on in the column in which it begins.
                let line = text[..list.start()].rfind('\n').map_or(0, |end| end + 1);
                let indent = &text[line..list.start()];
                let end = list.start() + list.of(text).trim_end().len();
                let block = indent.bytes().all(|byte| byte == b' ') && !indent.is_empty();
                block.then(|| (at(end), format!("\n{indent}").into(), "".into()))
            }
            // Something that settles nothing is there already: a plain list of names.
            None if block.content.of(text).lines().any(|line| line.starts_with("entities:")) => None,
            None => Some((at(block.content.end()), "entities:\n  ".into(), "\n".into())),
        }
    }

    fn claim_reference(&mut self, id: &str, written: &Text) {
        self.out.claim_references.push(ClaimReference {
            article: None,
            id: id.into(),
            relation: ClaimRelation::Headline,
            claim: None,
            place: self.source.place(written.span),
            confusing: syntax::confusing(id).is_some(),
        });
    }

    /// Keys of all citations; and for each place at which something is cited, which.
    fn cited(&mut self) {
        let mut starts = Vec::with_capacity(self.article.citations.len() + 1);
        for (number, citation) in self.article.citations.iter().enumerate() {
            starts.push(self.out.cited.len() as u32);
            for item in &citation.items {
                let key = item.key.of(self.source.text);
                self.out.cited.push(CitedKey {
                    key: key.into(),
                    place: self.source.place(item.span),
                    bare: citation.bare,
                    placed: is_placed(self.source.text, item),
                    citation: number as u32,
                    entry: None,
                    confusing: syntax::confusing(key).is_some(),
                });
            }
        }
        starts.push(self.out.cited.len() as u32);
        self.out.points = self
            .belongings
            .points
            .iter()
            .map(|point| starts[point.citations.start as usize]..starts[point.citations.end as usize])
            .collect();
    }

    fn annotations(&mut self) {
        // The contents of entries with their dates, outer ones first.
        let mut entries: Vec<(Span, Option<Date>)> = Vec::new();
        let mut quoted = figures::QuotedWords::default();
        for (index, annotation) in self.article.annotations.iter().enumerate() {
            let around = annotation.parent.map(|parent| self.keys[parent].clone()).unwrap_or_default();
            let keys = self.own_keys(annotation, around);
            if annotation.is_claim() {
                let claim = self.claim(index, annotation, &keys);
                let number = self.out.claims.len() as u32;
                self.claim_numbers.insert(index, number);
                self.out.claims.push(claim);
                let is_nested_deep = keys.quotes > MOST_QUOTES;
                let (lang, out) = (self.front.language(), &mut self.out.quotations);
                if annotation.has_class("quote") && !is_nested_deep {
                    quotations::add(self.source, self.article, annotation, number, lang, out);
                }
                let known = (number, keys.event, keys.entry.as_ref());
                let (text, lang) = (self.source.text, &*self.out.lang);
                let figure = figures::figure(text, self.article, lang, annotation, known, &mut quoted);
                self.out.figures.extend(figure);
            }
            let picture = pictures::picture(self.source, annotation, keys.place, keys.entry.as_ref());
            self.out.pictures.extend(picture);
            if is_entry(annotation) {
                self.date_citations(annotation.content, keys.entry.as_ref());
                entries.push((annotation.content, keys.entry.clone()));
            }
            self.keys[index] = keys;
        }
        self.date_footnotes(&entries);
        if self.out.pictures.iter().any(|picture| picture.taken_at.is_some()) {
            self.out.name_traces = pictures::name_traces(self.article, self.front);
        }
    }

    /// What is cited in a footnote takes the date of the entry that refers to it, of several
    /// the latest.
    fn date_footnotes(&mut self, entries: &[(Span, Option<Date>)]) {
        let mut references = self.article.footnote_references.clone();
        references.sort_unstable_by_key(|(span, _)| span.start);
        let mut dates: Vec<Option<&Date>> = vec![None; self.article.footnotes.len()];
        let (mut around, mut next) = (Vec::new(), 0);
        for (span, footnote) in references {
            while let Some(entry) = entries.get(next).filter(|(content, _)| content.start <= span.start) {
                around.push(entry);
                next += 1;
            }
            while around.last().is_some_and(|(content, _)| content.end <= span.start) {
                around.pop();
            }
            let date = around.last().and_then(|(_, date)| date.as_ref());
            let known = &mut dates[footnote];
            if known.is_none_or(|known| date.is_some_and(|date| known.is_before(date).is_yes())) {
                *known = date;
            }
        }
        for (footnote, date) in self.article.footnotes.iter().zip(dates) {
            if date.is_some() {
                self.date_citations(footnote.span, date);
            }
        }
    }

    /// An entry's date holds for what is cited in it.
    fn date_citations(&mut self, content: Span, date: Option<&Date>) {
        let from = self.out.cited.partition_point(|cited| cited.place.start.offset < content.start);
        let to = self.out.cited.partition_point(|cited| cited.place.start.offset < content.end);
        for cited in &mut self.out.cited[from..to] {
            cited.entry = date.cloned();
        }
    }

    fn own_keys(&mut self, annotation: &Annotation, around: Keys) -> Keys {
        let text = self.source.text;
        let attributes = &annotation.attributes;
        let inherited = match around.by {
            Speaker::Entities { reference, .. } => Speaker::Entities { reference, inherited: true },
            other => other,
        };
        let is_quote = annotation.is_claim() && annotation.has_class("quote");
        let mut keys =
            Keys { by: inherited, place: None, quotes: around.quotes + u32::from(is_quote), ..around };
        if is_entry(annotation) {
            let date = attributes.get(text, "date").and_then(|date| Date::parse(&date.text).ok());
            keys.entry = date.or(keys.entry);
        }
        if let Some(on) = attributes.get(text, "on").filter(|on| !on.text.trim().is_empty()) {
            keys.on = Date::parse(&on.text).ok();
        }
        if let Some(by) = attributes.get(text, "by") {
            keys.by = match by.text.trim() {
                "unnamed" => Speaker::Unnamed,
                "none" => Speaker::Own,
                "" => Speaker::Missing,
                _ => Speaker::Entities { reference: self.entities(by, EntityRole::By), inherited: false },
            };
        }
        if let Some(against) =
            attributes.get(text, "against").filter(|against| !against.text.trim().is_empty())
        {
            keys.against = Some(self.entities(against, EntityRole::Against));
        }
        if let Some(via) = attributes.get(text, "via").filter(|via| !via.text.trim().is_empty()) {
            keys.via = Some(self.entities(via, EntityRole::Via));
            for (part, span) in parts(via) {
                self.source_reference(part, span, SourceRole::Via, None);
            }
        }
        for (key, role) in [("event", EntityRole::Event), ("place", EntityRole::Place)] {
            if let Some(value) = attributes.get(text, key).filter(|value| !value.text.trim().is_empty()) {
                let number = self.entities(value, role);
                if role == EntityRole::Event {
                    keys.event = Some(number);
                } else {
                    keys.place = Some(number);
                }
            }
        }
        if annotation.carrier == Carrier::Div
            && let Some(source) = attributes.get(text, "source")
        {
            let first = self.facts.source_references.len() as u32;
            for (part, span) in parts(source) {
                self.source_reference(part, span, SourceRole::Div, keys.entry.as_ref());
            }
            let named = first..self.facts.source_references.len() as u32;
            if !named.is_empty() {
                keys.div_sources = named;
            }
        }
        keys
    }

    fn source_reference(&mut self, key: &str, span: Span, role: SourceRole, entry: Option<&Date>) {
        let place = self.source.place(span);
        self.facts.source_references.push(SourceReference {
            key: key.trim_start_matches('@').into(),
            role,
            place,
            entry: entry.cloned(),
        });
    }

    /// Adds the entities of an attribute's value; returns the first's number.
    fn entities(&mut self, attribute: &Attribute, role: EntityRole) -> u32 {
        let number = self.facts.entity_references.len() as u32;
        let span = attribute.value.unwrap_or(attribute.name);
        let whole = attribute.text.trim();
        let mut reference = self.source.entity(whole, trimmed(span, self.source.text), role);
        let parts: Vec<(&str, Span)> = parts(attribute).collect();
        if parts.len() > 1 || parts.first().is_some_and(|(part, _)| *part != whole) {
            reference.parts = parts.len() as u32;
            self.facts.entity_references.push(reference);
            for (part, span) in parts {
                self.facts.entity_references.push(self.source.entity(part, span, role));
            }
        } else {
            self.facts.entity_references.push(reference);
        }
        number
    }

    fn claim(&mut self, index: usize, annotation: &Annotation, keys: &Keys) -> ClaimFacts {
        let text = self.source.text;
        let attributes = &annotation.attributes;
        let belonging = &self.belongings.of[index];
        let parent = self.article.ancestors(index).find(|(_, outer)| outer.is_claim());
        let reply = attributes.get(text, "reply").map(|reply| self.replies(reply)).unwrap_or_default();
        let relations = self.relations(attributes);
        let follows =
            |point: &&u32| self.belongings.points[**point as usize].span.start() >= annotation.span.end();
        let shown = |offset: usize| self.article.plain.from_source(offset);
        // Nothing but closing brackets and attributes may stand between it and the end of the
        // claim around it, for what follows that to follow it, too.
        let around = parent.filter(|(_, outer)| {
            let (from, to) = (shown(annotation.span.end()), shown(outer.span.end()));
            belonging.own.is_empty()
                && outer.block == annotation.block
                && self.article.plain.text.get(from..to).is_some_and(|between| between.trim().is_empty())
        });
        let parent = parent.and_then(|(outer, _)| self.claim_numbers.get(&outer).copied());
        let follows_around = around.and(parent).and_then(|outer| self.out.claims[outer as usize].followed_by);
        ClaimFacts {
            place: self.source.place(annotation.span),
            attributes_end: self.source.place(match attributes.is_braced(self.source.text) {
                true => Span::at(attributes.span.end() - 1),
                false => attributes.span,
            }),
            parent,
            id: attributes.id().map(|id| id.text.clone()),
            quote: annotation.has_class("quote"),
            accusation: annotation.has_class("accusation"),
            response: annotation.has_class("response"),
            figure: annotation.has_class("figure"),
            flawed: annotation.flawed,
            speaker: keys.by,
            against: keys.against,
            relations,
            reply,
            basis: attributes
                .get(text, "basis")
                .is_some_and(|basis| fixed_value("basis", &basis.text).is_some()),
            verdict: attributes.get(text, "verdict").and_then(|verdict| self::verdict(&verdict.text)),
            retracted: attributes.get(text, "retracted").is_some_and(|date| Date::parse(&date.text).is_ok()),
            followed_by: belonging.own.iter().find(follows).copied().or(follows_around),
            points: belonging.own.clone(),
            nearby: belonging.nearby.clone(),
            div_sources: keys.div_sources.clone(),
            words: attributes.id().map(|_| notes::shown(self.article.clean_text(annotation))),
            notes: notes::notes(text, annotation, keys.via, keys.event),
        }
    }

    /// `declined`, `slug#id`, or for each of several accused `alliance:declined,
    /// coast-guard:slug#id`, of which each accused and each claim is a reference.
    fn replies(&mut self, attribute: &Attribute) -> Vec<Reply> {
        let mut replies = Vec::new();
        for (part, span) in parts(attribute) {
            let (name, word) = match part.rsplit_once(':') {
                Some((name, word)) => (Some(name.trim_end()), word.trim()),
                None => (None, part),
            };
            let exact = span.len() == part.len();
            let accused = name.filter(|name| !name.is_empty()).map(|name| {
                let span = if exact { Span::new(span.start(), span.start() + name.len()) } else { span };
                self.facts.entity_references.push(self.source.entity(name, span, EntityRole::Reply));
                self.facts.entity_references.len() as u32 - 1
            });
            let answer = word.contains('#').then(|| {
                let span = if exact { Span::new(span.end() - word.len(), span.end()) } else { span };
                self.claim_named(word, span, ClaimRelation::AnsweredBy);
                self.out.claim_references.len() as u32 - 1
            });
            // A word for nobody settles nothing.
            let is_whole = accused.is_some() == name.is_some();
            replies.push(Reply {
                accused,
                word: reply_word(word).filter(|_| is_whole),
                answer: answer.filter(|_| is_whole),
            });
        }
        replies
    }

    /// Adds the claims to which a claim says how it stands; returns where they are.
    fn relations(&mut self, attributes: &Attributes) -> Range<u32> {
        let first = self.out.claim_references.len() as u32;
        for (key, relation) in ClaimRelation::KEYS {
            if let Some(attribute) = attributes.get(self.source.text, key) {
                self.claim_references(attribute, relation);
            }
        }
        first..self.out.claim_references.len() as u32
    }

    /// Adds the claims of an attribute's value.
    fn claim_references(&mut self, attribute: &Attribute, relation: ClaimRelation) {
        for (part, span) in parts(attribute) {
            self.claim_named(part, span, relation);
        }
    }

    /// Adds a reference of the claim that is being read.
    fn claim_named(&mut self, written: &str, span: Span, relation: ClaimRelation) {
        let (article, id) = match written.split_once('#') {
            Some(("", id)) => (None, id),
            Some((article, id)) => (Some(article), id),
            None => (Some(written), ""),
        };
        self.out.claim_references.push(ClaimReference {
            article: article.map(Into::into),
            id: id.into(),
            relation,
            // The claim itself, which is put in once all that it refers to is known.
            claim: Some(self.out.claims.len() as u32),
            place: self.source.place(span),
            confusing: syntax::confusing(written).is_some(),
        });
    }

    /// What `#id` can mean, by id.
    fn anchors(&mut self) {
        let mut anchors = Vec::new();
        for (index, annotation) in self.article.annotations.iter().enumerate() {
            if let Some(id) = annotation.attributes.id() {
                let claim = self.claim_numbers.get(&index).copied();
                let place = self.source.place(id.value.unwrap_or(id.span));
                anchors.push(Anchor { id: id.text.clone(), place, is_claim: claim.is_some(), claim });
            }
        }
        let headings: FxHashMap<usize, u32> = self
            .article
            .claims()
            .filter(|(_, annotation)| annotation.carrier == Carrier::Heading)
            .filter_map(|(index, annotation)| Some((annotation.block?, *self.claim_numbers.get(&index)?)))
            .collect();
        for heading in &self.article.headings {
            let text = heading_text(self.article.blocks[heading.block].span, heading.span);
            let place = self.source.place(text);
            let automatic = heading.pandoc_id.iter().chain(heading.id.is_none().then_some(&heading.web_id));
            let claim = headings.get(&heading.block).copied();
            for id in automatic {
                anchors.push(Anchor { id: id.as_str().into(), place, claim, is_claim: claim.is_some() });
            }
        }
        for claim in self.front.corrections.iter().flat_map(|correction| &correction.claims) {
            anchors.push(Anchor {
                id: claim.as_str().trim_start_matches('#').into(),
                place: self.source.place(claim.span),
                claim: None,
                is_claim: true,
            });
        }
        for id in links::html_ids(self.source.text) {
            let place = self.source.place(id);
            anchors.push(Anchor { id: id.of(self.source.text).into(), place, claim: None, is_claim: false });
        }
        // Stable: of two with one id the first in the text comes first.
        anchors.sort_by(|a, b| a.id.cmp(&b.id).then(a.claim.is_none().cmp(&b.claim.is_none())));
        self.out.anchors = anchors;
    }

    fn mentions(&mut self) {
        let mut cells: Vec<Span> = self
            .article
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Cell(_)))
            .map(|block| block.span)
            .collect();
        cells.sort_unstable();
        for mention in &self.article.mentions {
            let after = cells.partition_point(|cell| cell.start <= mention.span.start);
            let in_table = after > 0 && cells[after - 1].contains(mention.span);
            let name = mention.target.of(self.source.text);
            let reference = self.facts.entity_references.len() as u32;
            self.facts.entity_references.push(self.source.entity(name, mention.target, EntityRole::Mention));
            self.out.mentions.push(Mentioned {
                place: self.source.place(mention.span),
                reference,
                shown: mention.shown.is_some(),
                in_table,
            });
        }
    }

    /// What prose says beside mentions: titles of people, dates of events.
    fn in_prose(&mut self) {
        let mut around: Vec<titles::Around> = Vec::with_capacity(self.keys.len());
        for (annotation, keys) in self.article.annotations.iter().zip(&self.keys) {
            let in_quote = annotation.parent.is_some_and(|parent| around[parent].quote);
            around.push(titles::Around {
                content: annotation.content,
                entry: keys.entry.clone(),
                on: keys.on.clone(),
                quote: in_quote || annotation.has_class("quote"),
            });
        }
        let lang = &self.out.lang;
        self.out.titles = titles::titles(self.article, lang, &around);
        let anchor = event_dates::Anchor {
            source: self.source,
            article: self.article,
            date: self.out.dates.first().filter(|_| !self.out.undated),
            touched: self.out.dates.len() > 1,
            lang,
        };
        let mentions = &self.out.mentions;
        let (mut dates, mut quoted) = (Vec::new(), None);
        titles::each_mention(self.article, &around, |number, mention, _, block, innermost| {
            if innermost.is_none_or(|around| !around.quote)
                && let Some(reference) = mentions.get(number).map(|own| own.reference)
            {
                let entry = innermost.and_then(|around| around.entry.as_ref());
                dates.extend(event_dates::of_mention(&anchor, block, mention, reference, entry, &mut quoted));
            }
        });
        for (number, claim) in self.article.claims() {
            let (keys, around) = (&self.keys[number], &around[number]);
            let own = claim.attributes.get(self.source.text, "event").and(keys.event);
            if let Some(event) = own.filter(|_| !around.quote) {
                dates.extend(event_dates::of_claim(&anchor, claim, event, keys.entry.as_ref()));
            }
        }
        dates.sort_by_key(|given| given.place.start);
        self.out.event_dates = dates;
    }

    fn quotes(&mut self) {
        let mut nearby = Nearby::new(self.article, &self.belongings.points, &self.out.lang);
        let plain = &self.article.plain;
        // By start, each with the furthest end so far: an outer claim may end after all
        // that follow its start.
        let mut reach: Vec<Span> = Vec::new();
        for (_, claim) in self.article.claims() {
            let end = reach.last().map_or(0, |before| before.end).max(claim.text.end);
            reach.push(Span { start: claim.text.start, end });
        }
        let is_claimed = |words: Span| {
            let before = reach.partition_point(|claim| claim.start < words.end);
            before > 0 && words.start < reach[before - 1].end
        };
        let mut quotes = Vec::new();
        let mut coverage = Coverage::default();
        for (number, block) in self.article.blocks.iter().enumerate() {
            if !is_prose(block) {
                continue;
            }
            let text = block.plain.of(&plain.text);
            let mut templates = templates(text);
            for quotation in quotations(text) {
                if word_count(&text[quotation.inner.clone()]) < QUOTED_WORDS {
                    continue;
                }
                // What a site's templates and their arguments hold is no speech.
                while templates.next_if(|template| template.end <= quotation.outer.start).is_some() {}
                // A title, a prize or a nickname is nobody's words.
                if is_quoted_name(text, &quotation, &self.out.lang) {
                    continue;
                }
                let is_argument = text[..quotation.outer.start].ends_with('=');
                let in_template =
                    templates.peek().is_some_and(|template| template.start < quotation.outer.start);
                if is_argument || in_template {
                    continue;
                }
                let words =
                    Span::new(quotation.outer.start, quotation.outer.end).shifted(block.plain.start());
                if is_claimed(words) {
                    coverage.quotation(true);
                    continue;
                }
                // What stands in code or math is nobody's words.
                if self.article.is_verbatim(plain.to_source(words.start())) {
                    continue;
                }
                let span = Span::new(plain.to_source(words.start()), plain.end_to_source(words.end()));
                let points: Range<u32> = nearby.points(number, words);
                coverage.quotation(!points.is_empty());
                quotes.push((span, points));
            }
            for figure in numbers(text, &self.out.lang) {
                let figure = Span::new(figure.start, figure.end).shifted(block.plain.start());
                if !self.article.is_verbatim(plain.to_source(figure.start())) {
                    coverage.figure(is_claimed(figure) || !nearby.points(number, figure).is_empty());
                }
            }
        }
        self.out.coverage = coverage;
        for (span, points) in quotes {
            self.out.quotes.push(QuoteFacts { place: self.source.place(span), points });
        }
        let (article, lang) = (self.article, self.front.language());
        self.out.vague = vague_attributions(self.source, article, self.belongings, lang, &self.out.quotes);
    }

    /// The names for entities that no reader sees.
    fn unshown(&self) -> impl Iterator<Item = &EntityReference> {
        let of = |number: u32| self.facts.entity_references.get(number as usize);
        let mentions = self.out.mentions.iter().filter(|mention| mention.shown);
        let in_attributes = self.facts.entity_references.iter().filter(|reference| {
            reference.parts == 0 && !matches!(reference.role, EntityRole::Mention | EntityRole::Issuer)
        });
        mentions.filter_map(move |mention| of(mention.reference)).chain(in_attributes)
    }

    fn suppressions(&mut self) {
        for suppression in &self.article.suppressions {
            let Suppression { span, rules, reason, scope } = suppression;
            self.out.suppressions.push(SuppressionFacts {
                place: self.source.place(*span),
                rules: rules
                    .iter()
                    .map(|rule| (rule.of(self.source.text).into(), self.source.place(*rule)))
                    .collect(),
                has_reason: reason.is_some(),
                covers: match scope {
                    SuppressionScope::File => None,
                    SuppressionScope::Within(span) => Some((span.start, span.end)),
                    SuppressionScope::Nothing => Some((span.end, span.end)),
                },
            });
        }
    }
}

fn correction(correction: &Correction) -> CorrectionFacts {
    CorrectionFacts {
        date: date(correction.date.as_ref()),
        claims: correction.claims.iter().map(|id| id.as_str().trim_start_matches('#').into()).collect(),
    }
}

fn reply_word(word: &str) -> Option<ReplyWord> {
    match fixed_value("reply", word)? {
        "sought" => Some(ReplyWord::Sought),
        "declined" => Some(ReplyWord::Declined),
        "no-answer" => Some(ReplyWord::NoAnswer),
        "promised" => Some(ReplyWord::Promised),
        "not-sought" => Some(ReplyWord::NotSought),
        _ => None,
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    match fixed_value("verdict", word.trim())? {
        "true" => Some(Verdict::True),
        "false" => Some(Verdict::False),
        "disputed" => Some(Verdict::Disputed),
        "unverifiable" => Some(Verdict::Unverifiable),
        _ => None,
    }
}

/// Whether words beside a key may say where in the source.
fn is_placed(text: &str, item: &CitedItem) -> bool {
    item.locator.is_some()
        || item.suffix.of(text).contains(char::is_alphanumeric)
        || item.prefix.of(text).contains(char::is_numeric)
}

/// Whether it is an entry of a live page.
fn is_entry(annotation: &Annotation) -> bool {
    annotation.carrier == Carrier::Div && annotation.has_class("entry")
}

/// Whether quotations in the block are people speaking: titles in headings are not.
fn is_prose(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Heading(_))
}

/// What the templates of a site fill in: `{{< figure caption="…" >}}`, `{% include … %}`.
/// One that is not closed is text.
fn templates(text: &str) -> Peekable<impl Iterator<Item = Range<usize>>> {
    let mut at = 0;
    let next = move || {
        let (start, close) = memchr::memchr_iter(b'{', &text.as_bytes()[at..]).find_map(|brace| {
            let close = match text.as_bytes().get(at + brace + 1)? {
                b'{' => "}}",
                b'%' => "%}",
                _ => return None,
            };
            Some((at + brace, close))
        })?;
        at = start + text[start..].find(close)? + close.len();
        Some(start..at)
    };
    // Fused: where one is not closed, the rest is not searched again for each quotation.
    std::iter::from_fn(next).fuse().peekable()
}

/// The text of a heading, for a place to go to.
fn heading_text(block: Span, heading: Span) -> Span {
    if block.is_empty() { heading } else { block }
}

fn trimmed(span: Span, text: &str) -> Span {
    let raw = span.of(text);
    let start = span.start() + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

/// The parts between the commas of a value, with their bytes. In a value with escapes,
/// whose bytes say something else than it does, every part stands for the whole.
fn parts(attribute: &Attribute) -> impl Iterator<Item = (&str, Span)> {
    let value = attribute.value.unwrap_or(attribute.name);
    let exact = value.len() == attribute.text.len();
    let mut at = value.start();
    attribute.text.split(',').filter_map(move |part| {
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let word = part.trim();
        let span = if exact { Span::new(start, start + word.len()) } else { value };
        (!word.is_empty()).then_some((word, span))
    })
}

/// The date that a text says, if it is one.
pub(super) fn date(text: Option<&Spanned<String>>) -> Option<Date> {
    Date::parse(text?.as_str()).ok()
}

/// What `word` says, of the values that `key` is limited to. What is nearly one of them is
/// reported as that, and taken for it.
fn fixed_value(key: &str, word: &str) -> Option<&'static str> {
    let known = vocabulary::fixed_values(key)?;
    known.iter().copied().find(|known| *known == word || one_edit_away(known, word))
}
