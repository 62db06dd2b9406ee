//! What of each kind of facts is packed, in which order. Every field has to be named here:
//! what is forgotten does not compile.

use std::cmp::Ordering;

use crate::data::date::Date;
use crate::diagnostic::{Edit, Finding, Fix, Level, Location, Related};
use crate::registry::{EntityType, Standing, Terms};
use crate::syntax::titles::TitleWords;
use crate::text::Place;

use super::super::article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimNotes, ClaimReference, ClaimRelation, CorrectionFacts,
    Coverage, LinkFacts, Mentioned, NamePlace, QuoteFacts, Reply, ReplyWord, Speaker, SuppressionFacts,
    VagueAttribution, Verdict,
};
use super::super::event_dates::EventDateFacts;
use super::super::facts::{
    EntityReference, EntityRole, FileKind, NamedFile, Pointer, PointerRole, SourceReference, SourceRole,
    StubForm,
};
use super::super::figures::{Amount, FigureFacts};
use super::super::gather::corpus_target;
use super::super::headline::HeadlineWords;
use super::super::name_index::Named;
use super::super::pictures::{NameTraces, PictureFacts};
use super::super::quotations::{QuotationFacts, QuotedSentence};
use super::super::registry::{EntityFacts, NameKind, ProtectedName, RoleFacts, SourceFacts};
use super::super::titles::TitleFacts;
use super::codec::{Pack, Packer, Unpacker};

/// Structs: the fields, and behind `;` those that say yes or no, at most eight, which share
/// a byte.
macro_rules! structs {
    ($($type:ident { $($field:ident),* $(; $($flag:ident),+)? })*) => {$(
        impl Pack for $type {
            fn pack<'f>(&'f self, out: &mut Packer<'f>) {
                let $type { $($field),* $(, $($flag),+)? } = self;
                $(
                    let flags = [$(*$flag),+];
                    out.byte(flags.iter().rev().fold(0, |bits, flag| bits << 1 | u8::from(*flag)));
                )?
                $($field.pack(out);)*
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                $(
                    let mut bits = from.byte()?;
                    $(
                        let $flag = bits & 1 == 1;
                        bits >>= 1;
                    )+
                    let _ = bits;
                )?
                $(let $field = Pack::unpack(from)?;)*
                Some($type { $($field),* $(, $($flag),+)? })
            }
        }
    )*};
}

/// One of a few.
trait Numbered: Copy + 'static {
    const ALL: &'static [Self];

    fn number(self) -> u64;

    fn of_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// Enums without fields.
macro_rules! enums {
    ($($type:ident { $($variant:ident),* })*) => {$(
        impl Numbered for $type {
            const ALL: &[$type] = &[$($type::$variant),*];

            fn number(self) -> u64 {
                match self {
                    $($type::$variant => {})*
                }
                Self::ALL.iter().position(|one| *one == self).map_or(u64::MAX, |at| at as u64)
            }
        }

        impl Pack for $type {
            fn pack<'f>(&'f self, out: &mut Packer<'f>) {
                out.number(self.number());
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Self::of_number(from.number()?)
            }
        }
    )*};
}

structs! {
    ArticleFacts {
        anchors, slug, title, names, lang, dates, settled, settle_at, bibliographies, unannotated, cited,
        points, claim_references, claims, mentions, links, figures, quotes, vague, coverage, quotations,
        event_dates, headline, pictures, name_traces, titles, corrections, suppressions;
        undated, retracted, corrected, in_review, annotated
    }
    Coverage { quotations, covered_quotations, figures, covered_figures }
    ClaimFacts {
        place, attributes_end, parent, id, speaker, against, relations, reply, points,
        nearby, followed_by, div_sources, words, verdict, notes; quote, accusation, response, figure, flawed,
        basis, retracted
    }
    CorrectionFacts { date, claims }
    ClaimNotes { via, event, what, described_as, on, basis, checked, verdict, retracted }
    PictureFacts { place, attributes_end, taken, entry, taken_at; file_photo }
    EventDateFacts { reference, date, written, place, word }
    HeadlineWords { words, place }
    TitleFacts { mention, words, sentence, entry, on }
    TitleWords { before, named, after }
    Anchor { id, place, claim; is_claim }
    Mentioned { place, reference; shown, in_table }
    CitedKey { key, place, citation, entry; bare, placed, confusing }
    ClaimReference { article, id, relation, claim, place; confusing }
    FigureFacts { claim, event, what, subset_of, unit, amount, entry; quoted }
    Amount { low, high; about }
    QuoteFacts { place, points }
    VagueAttribution { place, words, quote }
    QuotationFacts { sentences, originals }
    QuotedSentence { claim, words, place; editable }
    SuppressionFacts { place, rules, covers; has_reason }
    Reply { accused, word, answer }
    SourceReference { key, role, place, entry }
    Pointer { role, name, place }
    NamedFile { path, written, place; bibliography }
    EntityFacts {
        id, id_place, kind, name, names, aliases, summary, excerpt, part_of, roles, date, at, place; stale
    }
    RoleFacts { title, of, from, to }
    SourceFacts {
        key, key_place, kind, title, issued, accessed, author, issuer, publisher, terms, names, standing,
        standing_date, standing_note, superseded_by, relays, article, language, snapshot, reference, place;
        protected, gives_reason, known_to_editor, needs_place, has_address, stale
    }
    ProtectedName { folded, ways }
    Location { path, place }
    Related { location, message }
    Edit { location, text }
    Fix { title, edits }
}

enums! {
    FileKind { Article, Dossier, Registry, Bibliography }
    EntityRole { Mention, By, Via, Against, Reply, Event, Place, Settled, PartOf, RoleOf, Issuer }
    ClaimRelation { Headline, Answers, Disputes, Confirms, Repeats, Corrects, Updates, Continues, AnsweredBy }
    ReplyWord { Sought, Declined, NoAnswer, Promised, NotSought }
    Verdict { True, False, Disputed, Unverifiable }
    PointerRole { Author, Publisher, Article, Settled }
    SourceRole { Relays, SupersededBy, Via, Div }
    NameKind { Id, Name, Alias }
    EntityType { Person, Organisation, Place, Event, Work, Thing }
    Terms { OnRecord, Background, DeepBackground, OffRecord, Anonymous }
    Standing { Current, Corrected, Superseded, Retracted }
    Level { Hint, Warning, Error }
}

impl Pack for StubForm {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        let (form, indent) = match self {
            StubForm::EntityYaml(indent) => (0, *indent),
            StubForm::SourceYaml(indent) => (1, *indent),
            StubForm::Bibtex => (2, 0),
        };
        out.byte(form);
        out.number(u64::from(indent));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match (from.byte()?, u32::unpack(from)?) {
            (0, indent) => Some(StubForm::EntityYaml(indent)),
            (1, indent) => Some(StubForm::SourceYaml(indent)),
            (2, _) => Some(StubForm::Bibtex),
            _ => None,
        }
    }
}

/// The same names come again and again.
impl Pack for NamePlace {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.hash(self.hash);
        self.place.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(NamePlace { hash: from.hash()?, place: Pack::unpack(from)? })
    }
}

/// Most names are folded as they are written, and lists are few.
impl Pack for EntityReference {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        let EntityReference { name, folded, role, place, confusing, parts } = self;
        let (is_folded, is_list) = (name == folded, *parts > 0);
        let flags = u64::from(*confusing) | u64::from(is_folded) << 1 | u64::from(is_list) << 2;
        out.number(role.number() << 3 | flags);
        name.pack(out);
        if !is_folded {
            folded.pack(out);
        }
        place.pack(out);
        if is_list {
            parts.pack(out);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let flags = from.number()?;
        let name: Box<str> = Pack::unpack(from)?;
        Some(EntityReference {
            folded: if flags & 2 == 0 { Pack::unpack(from)? } else { name.clone() },
            name,
            role: EntityRole::of_number(flags >> 3)?,
            place: Pack::unpack(from)?,
            confusing: flags & 1 != 0,
            parts: if flags & 4 == 0 { 0 } else { Pack::unpack(from)? },
        })
    }
}

/// Looks for the id of an anchor in the packed article that begins here, without unpacking
/// it: its anchors come first, by id. `None` where it is no article.
pub(super) fn has_anchor(from: &mut Unpacker<'_>, id: &str) -> Option<bool> {
    // Whether there is an article, and its flags.
    if from.byte()? == 0 {
        return None;
    }
    from.byte()?;
    for _ in 0..from.number()? {
        from.byte()?;
        match from.text()?.cmp(id) {
            Ordering::Less => {}
            found => return Some(found == Ordering::Equal),
        }
        Place::unpack(from)?;
        <Option<u32>>::unpack(from)?;
    }
    Some(false)
}

/// Where the anchor of that id stands in the packed article that begins here.
pub(super) fn anchor_place(from: &mut Unpacker<'_>, id: &str) -> Option<Place> {
    if from.byte()? == 0 {
        return None;
    }
    from.byte()?;
    for _ in 0..from.number()? {
        from.byte()?;
        let found = from.text()?.cmp(id);
        let place = Place::unpack(from)?;
        match found {
            Ordering::Less => {}
            Ordering::Equal => return Some(place),
            Ordering::Greater => return None,
        }
        <Option<u32>>::unpack(from)?;
    }
    None
}

/// Goes through the names in the packed article that begins here: those of its claims are ids
/// of its anchors, and its slug and headline come after these. `None` where it is no article.
pub(super) fn names(from: &mut Unpacker<'_>, mut with: impl FnMut(Named, u32, &str)) -> Option<()> {
    if from.byte()? == 0 {
        return None;
    }
    from.byte()?;
    for number in 0..from.number()? {
        let is_claim = from.byte()? & 1 == 1;
        let id = from.text()?;
        Place::unpack(from)?;
        if <Option<u32>>::unpack(from)?.is_some() && is_claim {
            with(Named::Claim, number as u32, id);
        }
    }
    with(Named::Slug, 0, from.text()?);
    if let Some(title) = <Option<Box<str>>>::unpack(from)? {
        with(Named::Headline, 0, &title);
    }
    Some(())
}

/// Goes through the pairs of words in the packed article that begins here: they come after
/// its anchors, its slug and its headline. `None` where it is no article.
pub(super) fn name_hashes(from: &mut Unpacker<'_>, mut with: impl FnMut(u32)) -> Option<()> {
    if from.byte()? == 0 {
        return None;
    }
    from.byte()?;
    for _ in 0..from.number()? {
        from.byte()?;
        from.text()?;
        Place::unpack(from)?;
        <Option<u32>>::unpack(from)?;
    }
    from.text()?;
    <Option<Box<str>>>::unpack(from)?;
    for _ in 0..from.number()? {
        with(NamePlace::unpack(from)?.hash);
    }
    Some(())
}

impl Pack for Speaker {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.number(match *self {
            Speaker::Missing => 0,
            Speaker::Unnamed => 1,
            Speaker::Own => 2,
            Speaker::Entities { reference, inherited } => {
                3 + (u64::from(reference) << 1 | u64::from(inherited))
            }
        });
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(match from.number()? {
            0 => Speaker::Missing,
            1 => Speaker::Unnamed,
            2 => Speaker::Own,
            code => Speaker::Entities {
                reference: u32::try_from((code - 3) >> 1).ok()?,
                inherited: (code - 3) & 1 == 1,
            },
        })
    }
}

impl Pack for NameTraces {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        self.numbers().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Pack::unpack(from).map(NameTraces::from_numbers)
    }
}

/// As it is shown, which is read as what it was.
impl Pack for Date {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.own_text(&self.to_string());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Date::parse(from.own_text()?).ok()
    }
}

/// Where it leads follows from what is written and from where.
impl Pack for LinkFacts {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        let LinkFacts { path, fragment, image, written, place, editable } = self;
        let follows = corpus_target(out.path, written).is_some_and(|(p, f)| p == *path && f == *fragment);
        out.byte(u8::from(*image) | u8::from(*editable) << 1 | u8::from(follows) << 2);
        if !follows {
            path.pack(out);
            fragment.pack(out);
        }
        written.pack(out);
        place.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let flags = from.byte()?;
        let told = match flags & 4 {
            0 => Some((Pack::unpack(from)?, Pack::unpack(from)?)),
            _ => None,
        };
        let written: Box<str> = Pack::unpack(from)?;
        let (path, fragment) = match told {
            Some(told) => told,
            None => corpus_target(from.path, &written)?,
        };
        let place = Pack::unpack(from)?;
        Some(LinkFacts { path, fragment, image: flags & 1 != 0, written, place, editable: flags & 2 != 0 })
    }
}

impl Pack for Finding {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        let Finding { place, rule, message, help, related, fixes, choice, at_most } = self;
        out.rule(rule);
        place.pack(out);
        message.pack(out);
        help.pack(out);
        related.pack(out);
        fixes.pack(out);
        choice.pack(out);
        at_most.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Finding {
            rule: from.rule()?,
            place: Pack::unpack(from)?,
            message: Pack::unpack(from)?,
            help: Pack::unpack(from)?,
            related: Pack::unpack(from)?,
            fixes: Pack::unpack(from)?,
            choice: Pack::unpack(from)?,
            at_most: Pack::unpack(from)?,
        })
    }
}
