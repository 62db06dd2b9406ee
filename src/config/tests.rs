use expect_test::{Expect, expect};

use super::*;
use crate::rules::{Levels, Tier};

const fn rule(name: &'static str, levels: [Option<Level>; 3]) -> Rule {
    let [draft, standard, publish] = levels;
    Rule {
        name,
        summary: "something is wrong",
        explanation: "Why.",
        tier: Tier::A,
        levels: Levels { draft, standard, publish },
        checks: &[],
    }
}

static UNSOURCED: Rule = rule("unsourced-claim", [Some(Level::Hint), Some(Level::Error), Some(Level::Error)]);
static HANDLE: Rule = rule("unescaped-handle", [None, Some(Level::Hint), Some(Level::Warning)]);
static CONFIGURATION: Rule = rule(RULE, [Some(Level::Warning), Some(Level::Warning), Some(Level::Error)]);
static RULES: &[&Rule] = &[&UNSOURCED, &HANDLE, &CONFIGURATION];

fn parse(text: &str) -> Config {
    Config::parse_with(text, RULES).unwrap_or_else(|error| panic!("{error}"))
}

/// The problems, each under the words that it is about.
fn problems(text: &str, expect: Expect) {
    let config = parse(text);
    let mut shown = String::new();
    for problem in &config.problems {
        let Problem { span, message, help, replacement } = problem;
        shown += &format!("{}: {message}\n", span.of(text));
        if let Some(help) = help {
            shown += &format!("  help: {help}\n");
        }
        if let Some(replacement) = replacement {
            shown += &format!("  put: {replacement}\n");
        }
    }
    expect.assert_eq(&shown);
}

fn error(text: &str, expect: Expect) {
    let error = Config::parse_with(text, RULES).expect_err("this ends the run");
    assert!(!error.message.contains('\n'), "one line: {error}");
    expect.assert_eq(&error.to_string());
}

/// What holds for a file, and why.
fn settings(config: &Config, path: &str, expect: Expect) {
    let settings = config.settings_for(path);
    let mut shown = format!("{}: {}\n", profile_name(settings.profile.value), settings.profile.origin);
    for setting in settings.rules() {
        let level = setting.level.map_or("off", Level::as_str);
        shown += &format!("{} = {level}: {}\n", setting.rule, setting.origin);
    }
    expect.assert_eq(&shown);
}

const WHOLE: &str = r#"
required-version = ">=0.1"
profile = "publish"

[corpus]
articles = ["stories/**"]
entities = ["desk/entities.yaml"]
sources = "desk/*.bib"
exclude = ["stories/old/"]
size-limit = "2 MiB"

[rules]
unescaped-handle = "off"

[suppressions]
require-reason = true

[pictures]
outdated-days = 7

[names]
Norhaven = "northland-gov"
"The Ministry" = 'northland-mfa'

[[overrides]]
paths = ["stories/drafts"]
profile = "draft"

[[overrides]]
paths = ["stories/drafts/live/*", "**/live.md"]
rules.unsourced-claim = "warning"
"#;

#[test]
fn reads_everything() {
    let config = parse(WHOLE);
    assert_eq!(config.problems, []);
    assert!(config.articles.is_match("stories/2026/a.md"));
    assert!(!config.articles.is_match("stories/2026/a.jpg"));
    assert!(config.sources.is_match("desk/a.bib"));
    assert!(config.exclude.is_match("stories/old/a.md"));
    assert_eq!(config.size_limit, Set { value: 2 << 20, origin: Origin::File { line: 10 } });
    assert!(config.require_reason.value);
    assert_eq!(config.outdated_days, Set { value: 7, origin: Origin::File { line: 19 } });
    let names: Vec<(&str, &str)> =
        config.names.iter().map(|name| (name.name.as_str(), name.entity.as_str())).collect();
    assert_eq!(names, [("Norhaven", "northland-gov"), ("The Ministry", "northland-mfa")]);
    assert_eq!(config.names[1].entity_span.of(WHOLE), "'northland-mfa'");
    assert_eq!(config.place(config.names[0].name_span).start.line, 21);
}

#[test]
fn the_most_special_setting_counts() {
    let mut config = parse(WHOLE);
    settings(
        &config,
        "stories/a.md",
        expect![[r#"
        publish: newsmark.toml, line 3
        invalid-configuration = error: profile publish
        unescaped-handle = off: newsmark.toml, line 13
        unsourced-claim = error: profile publish
    "#]],
    );
    settings(
        &config,
        "stories/drafts/live/a.md",
        expect![[r#"
            draft: newsmark.toml, line 27 (override for `stories/drafts`)
            invalid-configuration = warning: profile draft
            unescaped-handle = off: newsmark.toml, line 13
            unsourced-claim = warning: newsmark.toml, line 31 (override for `stories/drafts/live/*`)
        "#]],
    );
    config.force_profile(Profile::Standard);
    settings(
        &config,
        "stories/drafts/a.md",
        expect![[r#"
        standard: command line
        invalid-configuration = warning: profile standard
        unescaped-handle = off: newsmark.toml, line 13
        unsourced-claim = error: profile standard
    "#]],
    );
    settings(
        &parse(""),
        "a.md",
        expect![[r#"
        standard: default
        invalid-configuration = warning: profile standard
        unescaped-handle = hint: profile standard
        unsourced-claim = error: profile standard
    "#]],
    );
}

#[test]
fn what_nobody_knows_is_reported() {
    problems(
        r#"
profil = "draft"
articles = ["**"]
unsourced-claim = "off"
require-reason = true
zzz = 1

[corpus]
article = ["**/*.md"]
size_limit = 3
profile = "draft"

[rules]
unsourced-claims = "off"
no-such-thing = "error"

[[overrides]]
path = "x"
paths = "y"
rules = { unescapd-handle = "hint" }
"#,
        expect![[r#"
            profil: unknown key `profil`
              help: did you mean `profile`?
              put: profile
            articles: `articles` has no effect here
              help: it belongs below a line `[corpus]`
            unsourced-claim: `unsourced-claim` has no effect here
              help: it belongs below a line `[rules]`
            require-reason: `require-reason` has no effect here
              help: it belongs below a line `[suppressions]`
            zzz: unknown key `zzz`
              help: the keys here are `required-version`, `profile`, `corpus`, `rules`, `suppressions`, `pictures`, `names` and `overrides`
            article: unknown key `article` in `[corpus]`
              help: did you mean `articles`?
              put: articles
            size_limit: unknown key `size_limit` in `[corpus]`
              help: did you mean `size-limit`?
              put: size-limit
            profile: unknown key `profile` in `[corpus]`
              help: `profile` stands at the top of the file, before the first line in brackets
            unsourced-claims: there is no rule `unsourced-claims`
              help: did you mean `unsourced-claim`?
              put: unsourced-claim
            no-such-thing: there is no rule `no-such-thing`
              help: `newsmark rules` lists them all
            path: unknown key `path` in `[overrides]`
              help: did you mean `paths`?
              put: paths
            unescapd-handle: there is no rule `unescapd-handle`
              help: did you mean `unescaped-handle`?
              put: unescaped-handle
        "#]],
    );
}

#[test]
fn problems_become_findings() {
    let config = parse("\u{feff}profile = \"publish\"\n\"profïl\" = 1\n");
    let [finding] = &config.diagnostics()[..] else { panic!("one finding") };
    assert_eq!((finding.level, finding.rule), (Level::Error, RULE));
    let Place { start, end } = finding.location.place;
    assert_eq!((start.line, start.column, end.column, end.offset - start.offset), (1, 0, 8, 9));
    let off = parse("profil = 1\nrules = { invalid-configuration = \"off\" }");
    assert_eq!(off.diagnostics(), []);
}

#[test]
fn what_cannot_be_guessed_ends_the_run() {
    error("[corpus\n", expect!["1:8: not valid TOML: unclosed table, expected `]`"]);
    error("profile = \"draft\"\nprofile = \"draft\"", expect!["2:1: not valid TOML: duplicate key"]);
    error(
        "profile = 3",
        expect![[r#"1:11: `profile` takes "draft", "standard" or "publish", not a number"#]],
    );
    error(
        "profile = \"published\"",
        expect![[r#"1:11: there is no profile "published": did you mean "publish"?"#]],
    );
    error(
        "corpus = true",
        expect![
            "1:10: `corpus` takes a table: a line `[corpus]` with the settings below it, not `true` or `false`"
        ],
    );
    error(
        "corpus.articles = [1]",
        expect![[r#"1:20: `articles` takes a list of patterns, such as ["stories/**"], not a number"#]],
    );
    error(
        "corpus.articles = 1",
        expect![[r#"1:19: `articles` takes a list of patterns, such as ["stories/**"], not a number"#]],
    );
    error(
        "[corpus]\narticles = [\"a\", \"b[\"]",
        expect!["2:18: `b[` is no pattern that can match a file: unclosed character class; missing ']'"],
    );
    error(
        "[corpus]\nexclude = \"../x\"",
        expect![
            "2:11: `../x` is no pattern that can match a file: no pattern leads out of the folder of newsmark.toml, so `..` matches nothing"
        ],
    );
    error(
        "corpus.size-limit = \"lots\"",
        expect![[
            r#"1:21: `size-limit`: a size is a number of bytes, or a text such as "16 MiB" or "500 kB""#
        ]],
    );
    error(
        "corpus.size-limit = 0x0",
        expect!["1:21: `size-limit`: a size limit of 0 would leave every file out"],
    );
    error("corpus.size-limit = -1", expect!["1:21: `size-limit`: a size is no less than 1"]);
    error(
        "corpus.size-limit = 99999999999999999999999",
        expect!["1:21: `size-limit`: no file over 4 GiB can be read"],
    );
    error(
        "rules = { unsourced-claim = \"warn\" }",
        expect![[r#"1:29: there is no level "warn": did you mean "warning"?"#]],
    );
    error(
        "rules = { no-such-rule = 3 }",
        expect![[r#"1:26: `no-such-rule` takes "error", "warning", "hint" or "off", not a number"#]],
    );
    error(
        "rules = []",
        expect!["1:9: `rules` takes a table: a line `[rules]` with the settings below it, not a list"],
    );
    error("names = { a = 1 }", expect!["1:15: `a` takes the id of an entity, as text, not a number"]);
    error(
        "overrides = {}",
        expect![
            "1:1: `overrides` is a list of tables: begin each with a line `[[overrides]]`, in two pairs of brackets"
        ],
    );
    error("overrides = [1]", expect!["1:14: each entry of `overrides` is a table with `paths`"]);
    error(
        "[[overrides]]\nprofile = \"draft\"",
        expect![[r#"1:1: this override does not say for which files it is: add `paths = ["…"]`"#]],
    );
    error(
        "suppressions.require-reason = \"yes\"",
        expect!["1:31: `require-reason` takes `true` or `false`, not a text"],
    );
    error(
        "required-version = \">=99\"\nprofile = 3",
        expect![
            "1:20: this corpus asks for newsmark >=99, and this is newsmark 0.1.0: install another, or change `required-version`"
        ],
    );
    error(
        "required-version = \"new\"",
        expect![[
            r#"1:20: `required-version` is a requirement such as ">=0.1"; `new`: unexpected character 'n' while parsing major version number"#
        ]],
    );
    error(
        "required-version = 1",
        expect![[r#"1:20: `required-version` is a requirement such as ">=0.1", not a number"#]],
    );
    error(
        "\u{feff}ä = \u{0}",
        expect!["1:2: not valid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`"],
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let text = format!("a = {}", "[".repeat(100_000));
    assert!(Config::parse_with(&text, RULES).is_err());
    let text = format!("{}=1", "a.".repeat(100_000) + "a");
    let _ = Config::parse_with(&text, RULES);
}
