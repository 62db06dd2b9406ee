//! `figure-conflict`

use rustc_hash::FxHashSet;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{
    ArticleFacts, ClaimFacts, ClaimRelation, EntityFacts, FigureConflict, FigureFacts, FileFacts, Known,
    Speakers,
};
use crate::diagnostic::{Finding, Level};
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "figure-conflict",
    summary: "a figure that contradicts an earlier one for the same thing by the same speaker",
    explanation: "\
Two figures for the same `event`, `what` and unit can't both be right where one speaker gives both,
or the publication gives both in its own voice, and their ranges don't meet: a toll of 28 in March and
of 31 in May, with no word on why. Readers find both, and so does whoever is accused. The IFCN's code of
principles and the Reuters Handbook ask that figures are kept consistent or openly corrected, and
Every Casualty's standards that a range is given where there is one.

    Bad:   [28]{.figure what=killed event=raid} were killed.    (in March)
           [31]{.figure what=killed event=raid} were killed.    (in May)
    Good:  [31]{.figure what=killed event=raid updates=raid-report#toll} are known to have been killed.

If the figure has risen or was wrong, link the later to the earlier with `updates=`, `corrects=` or
`disputes=`; if one is a slip, mend it; if they count different things, give them different words in
`what=`. Two speakers who disagree are news and no fault: say with `by=` whose figure it is. Open
bounds (\"at least 20\", `20..`) and ranges contradict only what lies outside of them, and a rounded
figure nothing that it may be rounded from: \"some 30\" 26, \"1.5 million\" 1,480,000. Round numbers below a
thousand are taken as exact unless a word such as \"some\" or \"about\" says otherwise, which is a tenth
either way at least. What stands between quotation marks or in a block quote is not the publication's
own voice. A figure that was superseded, withdrawn (`retracted`) or found `false` contradicts
nothing. It is reported once for each article and thing counted, at the later of the two.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// How many of an article's other figures of the same thing a finding points at.
const MOST_RELATED: usize = 4;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.figures.is_empty()) else { return };
    let Some(id) = context.corpus.at_path(context.path()) else { return };
    let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
    for figure in &article.figures {
        let Some(event) = event(context, figure) else { continue };
        if seen.insert((event.what.folded_id(), &figure.what)) {
            let conflicts = context.corpus.figure_conflicts(id, event.what.folded_id(), &figure.what);
            findings.extend(finding(context, article, event, &conflicts));
        }
    }
}

/// The one event that a figure of the file counts something of.
fn event<'c>(context: &CorpusContext<'c>, figure: &FigureFacts) -> Option<Known<'c, EntityFacts>> {
    let name = context.file.entity_references.get(figure.event? as usize)?;
    context.corpus.entity(context.file, &name.folded).one()
}

/// One of two figures that don't meet.
struct Side<'c> {
    file: &'c FileFacts,
    article: &'c ArticleFacts,
    figure: &'c FigureFacts,
    claim: &'c ClaimFacts,
}

impl<'c> Side<'c> {
    fn new(file: &'c FileFacts, number: u32) -> Option<Self> {
        let article = file.article.as_ref()?;
        let figure = article.figures.get(number as usize)?;
        Some(Side { file, article, figure, claim: article.claims.get(figure.claim as usize)? })
    }

    fn amount(&self) -> String {
        self.figure.amount.with_unit(self.figure.unit.as_deref())
    }

    /// When it was said, in the second that orders figures.
    fn at(&self) -> Option<i64> {
        let date = self.figure.entry.as_ref().or(self.article.dates.first());
        date.and_then(|date| date.earliest_second())
    }

    /// The id by which others can refer to it: its own, or that of a claim around it.
    fn id(&self) -> Option<&'c str> {
        self.article.with_those_around(self.figure.claim).find_map(|(_, claim)| claim.id.as_deref())
    }
}

fn finding(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    event: Known<'_, EntityFacts>,
    conflicts: &[FigureConflict],
) -> Option<Finding> {
    let (first, others) = conflicts.split_first()?;
    let later = Side::new(context.file, first.figure)?;
    let earlier = Side::new(context.corpus.file(first.other_file)?, first.other)?;
    let is_own = earlier.file.path == later.file.path;
    let place = match is_own {
        true => "elsewhere in this article".to_owned(),
        false => format!("in `{}`", earlier.article.slug),
    };
    let message = format!(
        "`{}` of {} is {} here and {} {place}, {}",
        later.figure.what,
        event.what.name,
        later.amount(),
        earlier.amount(),
        speaker(context, &later),
    );
    let date = earlier.figure.entry.as_ref().or(earlier.article.dates.first());
    let date = date.map(|date| format!(", on {date}")).unwrap_or_default();
    let also = format!("also says {}{date}", earlier.amount());
    let mut finding = Finding::new(later.claim.place, message)
        .help("link the later figure to the earlier with `updates=` or `corrects=`, or mend the one that is wrong")
        .related(&earlier.file.path, earlier.claim.place, also);
    for other in others.iter().take(MOST_RELATED) {
        if let Some(other) = Side::new(context.file, other.figure) {
            let also = format!("{} here contradicts an earlier figure, too", other.amount());
            finding.add_related(context.path(), other.claim.place, also);
        }
    }
    // Which of the two is right, or whether both were in their time, only the desk knows.
    finding.choice = true;
    let has_updates = article.related(later.claim, ClaimRelation::Updates).next().is_some();
    let is_later = is_own || earlier.at().zip(later.at()).is_some_and(|(earlier, later)| earlier < later);
    if is_later
        && !has_updates
        && let Some(id) = earlier.id()
    {
        let reference =
            if is_own { format!("#{id}") } else { format!("{}#{id}", name_of(context, &earlier)) };
        let edit = format!(" updates={}", attribute_value(&reference));
        let title = format!("Say that it updates `{reference}`");
        finding = finding.fix(title, vec![context.edit(later.claim.attributes_end, edit)]);
    }
    Some(finding)
}

/// "both by Harbour Hospital". Who speaks in a source is told by the source alone, which may
/// not be on record.
fn speaker(context: &CorpusContext<'_>, later: &Side<'_>) -> String {
    match context.corpus.speakers(later.file, later.claim) {
        Speakers::Entities(names) => match &names[..] {
            [one] => match context.corpus.entity(later.file, &one.folded).one() {
                Some(known) => format!("both by {}", known.what.name),
                None => "both by the same speaker".to_owned(),
            },
            _ => "both by the same speaker".to_owned(),
        },
        Speakers::Own | Speakers::Missing if !is_somebodys(later) => {
            "both in the publication's own voice".to_owned()
        }
        _ => "both by the same speaker".to_owned(),
    }
}

/// Whether what is cited after the figure, or after a claim around it, may tell who speaks.
fn is_somebodys(side: &Side<'_>) -> bool {
    let mut around = side.article.with_those_around(side.figure.claim);
    around.any(|(_, claim)| claim.quote || claim.accusation || claim.response)
}

/// What the article is called in references to its claims: its slug, where no other has it.
fn name_of<'a>(context: &CorpusContext<'_>, side: &Side<'a>) -> &'a str {
    let slug = &*side.article.slug;
    match context.corpus.articles(slug).first[..] {
        [one] if one.path == side.file.path => slug,
        _ => side.file.path_without_ending(),
    }
}
