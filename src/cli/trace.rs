//! `newsmark trace`: where something comes from, and what rests on it.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use anyhow::{anyhow, bail};
use serde_json::{Value, json};

use super::Exit;
use super::args::{self, Format};
use super::output::{Output, plain};
use super::progress::Progress;
use super::report::{JsonRange, counted};
use super::shielded::Shielded;
use crate::config::nearest;
use crate::corpus::{Corpus, FileFacts};
use crate::features::{self, Node, NodeKind, NotFound, Step, Trace};
use crate::text::fold;
use crate::workspace::{Files, Request, discover, shown_from};

/// How much of a title or of a claim's words is shown on a line, in characters.
const LABEL: usize = 72;

pub(super) fn run(args: &args::Trace, out: &mut Output) -> anyhow::Result<Exit> {
    let paths: Vec<PathBuf> = args.corpus.iter().cloned().collect();
    let requests = discover(&paths)?;
    let [request] = &requests[..] else {
        bail!("there are several corpora here: name one with --corpus");
    };
    let entries = request.root.all_entries();
    let progress = Progress::new(entries.len());
    let files = Files { entries, ..Files::default() };
    let loaded = request.root.load(&files, None, || progress.step());
    progress.finish();
    let corpus = &loaded.corpus;
    // All of them are found before anything is printed.
    let traces = args.names.iter().map(|name| {
        let asked = features::asked(corpus, name).map_err(|why| anyhow!(not_found(corpus, name, &why)))?;
        Ok(features::trace(corpus, &asked))
    });
    let mut traces = traces.collect::<anyhow::Result<Vec<Trace>>>()?;
    traces.iter_mut().for_each(|trace| hide_names(corpus, trace));
    for (number, trace) in traces.iter().enumerate() {
        match args.format {
            Format::Json => writeln!(out, "{}", trace_json(trace, args))?,
            Format::Human => {
                if number > 0 {
                    writeln!(out)?;
                }
                human(out, request, trace, args)?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// Dots out the names that stand in articles and must not.
fn hide_names(corpus: &Corpus, trace: &mut Trace) {
    fn each(steps: &mut [Step], with: &mut dyn FnMut(&mut Node)) {
        for step in steps {
            with(&mut step.node);
            each(&mut step.steps, with);
        }
    }
    let mut all = |with: &mut dyn FnMut(&mut Node)| {
        with(&mut trace.node);
        each(&mut trace.up, with);
        each(&mut trace.down, with);
    };
    let mut paths = BTreeSet::new();
    all(&mut |node| {
        paths.insert(node.location.path.clone());
    });
    let shielded = Shielded::new(corpus, &paths);
    all(&mut |node| {
        let hidden = |text: &String| shielded.hidden(&node.location.path, text);
        node.label = node.label.as_ref().map(hidden);
        node.note = node.note.as_ref().map(hidden);
        if node.kind != NodeKind::Source {
            node.name = hidden(&node.name);
        }
    });
}

fn not_found(corpus: &Corpus, name: &str, why: &NotFound) -> String {
    match why {
        NotFound::Several(all) => {
            format!("`{name}` may be any of {}: name the one that is meant", all.join(", "))
        }
        NotFound::NoClaim(path) => {
            let id = name.split_once('#').map_or("", |(_, id)| id);
            format!("{path} has no claim `#{id}`")
        }
        NotFound::Nothing => {
            let bare = name.trim_start_matches(['@', '[']).trim_end_matches(']');
            let nowhere = FileFacts::nowhere();
            let keys = corpus.source_keys_near(&nowhere, bare);
            let people = corpus.entity_names_near(bare).filter(|name| !corpus.is_protected_name(&fold(name)));
            let names = keys.chain(people).chain(corpus.article_names_near(bare));
            match nearest(bare, names) {
                Some(near) => {
                    format!("no source, entity or article goes by `{name}`: did you mean `{near}`?")
                }
                None => format!("no source, entity or article goes by `{name}`"),
            }
        }
    }
}

fn human(out: &mut Output, request: &Request, trace: &Trace, args: &args::Trace) -> anyhow::Result<()> {
    let styles = Styles::new(out.colour);
    writeln!(out, "{}", line(&trace.node, &styles))?;
    let here = std::env::current_dir()?;
    let location = &trace.node.location;
    let place = location.place.start;
    let path = shown_from(&here, &request.root.on_disk(&location.path));
    writeln!(out, "{}{}:{}:{}{:#}", styles.dim, plain(&path), place.line + 1, place.column + 1, styles.dim)?;
    if !args.down {
        writeln!(out, "\n{}what it rests on{:#}", styles.bold, styles.bold)?;
        tree(out, &trace.up, "nothing that is known", &styles)?;
    }
    if !args.up {
        writeln!(out, "\n{}what rests on it{:#}", styles.bold, styles.bold)?;
        tree(out, &trace.down, "nothing", &styles)?;
        if let Some(sum) = sum(&trace.down) {
            writeln!(out, "\n{sum}")?;
        }
    }
    Ok(())
}

struct Styles {
    bold: Style,
    dim: Style,
    alarm: Style,
}

impl Styles {
    fn new(colour: bool) -> Self {
        let style = |style: Style| if colour { style } else { Style::new() };
        Styles {
            bold: style(Style::new().bold()),
            dim: style(Style::new().dimmed()),
            alarm: style(AnsiColor::Red.on_default()),
        }
    }
}

fn tree(out: &mut Output, steps: &[Step], none: &str, styles: &Styles) -> anyhow::Result<()> {
    if steps.is_empty() {
        writeln!(out, "  {none}")?;
        return Ok(());
    }
    branches(out, steps, "  ", styles)
}

/// No deeper than a trace is, so that recursion does no harm.
fn branches(out: &mut Output, steps: &[Step], before: &str, styles: &Styles) -> anyhow::Result<()> {
    for (number, step) in steps.iter().enumerate() {
        let is_last = number + 1 == steps.len();
        let branch = if is_last { "└─ " } else { "├─ " };
        let repeated = if step.repeated { " (see above)" } else { "" };
        writeln!(
            out,
            "{}{before}{branch}{:#}{} {}{repeated}",
            styles.dim,
            styles.dim,
            step.relation,
            line(&step.node, styles)
        )?;
        let before = format!("{before}{}", if is_last { "   " } else { "│  " });
        branches(out, &step.steps, &before, styles)?;
        if out.is_closed() {
            break;
        }
    }
    Ok(())
}

/// "nwire-0328 · NWire: Mast falls (2026-03-28) · retracted 2026-03-30"
fn line(node: &Node, styles: &Styles) -> String {
    let mut out = format!("{}{}{:#}", styles.bold, plain(&node.name), styles.bold);
    if let Some(label) = &node.label {
        let short: String = label.chars().take(LABEL).collect();
        let dots = if short.len() < label.len() { "…" } else { "" };
        out += &format!(" · {}{dots}", plain(short.trim_end()));
    }
    if let Some(date) = node.date.as_ref().filter(|_| node.kind != NodeKind::Source || node.label.is_none()) {
        out += &format!(" ({date})");
    }
    if let Some(note) = &node.note {
        out += &format!(" · {}{}{:#}", styles.alarm, plain(note), styles.alarm);
    }
    if node.origin {
        out += &format!(" {}(origin){:#}", styles.dim, styles.dim);
    }
    out
}

/// "1 source and 3 articles rest on it"
fn sum(steps: &[Step]) -> Option<String> {
    let mut counts = [0usize; 3];
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut open: Vec<&Step> = steps.iter().collect();
    while let Some(step) = open.pop() {
        let kind = step.node.kind;
        if seen.insert((kind.as_str(), &step.node.name)) {
            match kind {
                NodeKind::Source => counts[0] += 1,
                NodeKind::Article => counts[1] += 1,
                NodeKind::Claim => counts[2] += 1,
                NodeKind::Entity => {}
            }
        }
        open.extend(&step.steps);
    }
    let words = [("source", "sources"), ("article", "articles"), ("claim", "claims")];
    let parts: Vec<String> = counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, (one, many))| counted(count, one, many))
        .collect();
    (!parts.is_empty()).then(|| format!("in all: {}", parts.join(", ")))
}

fn trace_json(trace: &Trace, args: &args::Trace) -> Value {
    let mut value = node_json(&trace.node);
    if !args.down {
        value["up"] = steps_json(&trace.up);
    }
    if !args.up {
        value["down"] = steps_json(&trace.down);
    }
    value
}

fn steps_json(steps: &[Step]) -> Value {
    let one = |step: &Step| {
        let mut value = node_json(&step.node);
        value["relation"] = step.relation.into();
        value["steps"] = steps_json(&step.steps);
        value["repeated"] = step.repeated.into();
        value
    };
    steps.iter().map(one).collect()
}

fn node_json(node: &Node) -> Value {
    json!({
        "kind": node.kind.as_str(),
        "name": node.name,
        "label": node.label,
        "date": node.date,
        "origin": node.origin,
        "note": node.note,
        "path": &*node.location.path,
        "range": JsonRange::from(node.location.place),
    })
}
