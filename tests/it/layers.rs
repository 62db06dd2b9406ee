//! The code map in `src/lib.rs` is what the code does.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path, and its code without comments and without its tests.
struct SourceFile {
    path: PathBuf,
    code: String,
}

fn sources() -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source is text");
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let code = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect::<Vec<_>>()
                    .join("\n");
                files.push(SourceFile { path, code });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The layers of the code map, from the top.
fn layers() -> Vec<String> {
    let header = fs::read_to_string("src/lib.rs").expect("src/lib.rs is there");
    let map = header.split("//! ```").nth(1).expect("the header has a code map");
    map.lines()
        .skip(1)
        .filter_map(|line| line.strip_prefix("//! "))
        .filter_map(|line| line.split_whitespace().next())
        .map(|name| name.trim_end_matches('/').trim_end_matches(".rs").to_owned())
        .filter(|name| name != "main")
        .collect()
}

fn layer_of(path: &Path) -> Option<String> {
    let name = path.iter().nth(1)?.to_string_lossy().into_owned();
    Some(name.trim_end_matches(".rs").to_owned()).filter(|name| name != "lib" && name != "main")
}

fn is_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests" || part == "tests.rs" || part == "testing.rs")
}

#[test]
fn every_module_is_on_the_map() {
    let layers = layers();
    for source in sources() {
        if let Some(layer) = layer_of(&source.path) {
            assert!(layers.contains(&layer), "{} is in no layer of src/lib.rs", source.path.display());
        }
    }
    for layer in &layers {
        let is_there = ["", ".rs"].iter().any(|ending| Path::new(&format!("src/{layer}{ending}")).exists());
        assert!(is_there, "src/lib.rs has a layer `{layer}` that is not there");
    }
}

/// What stands behind each path to the root of the crate: `crate::`, or as many `super::`
/// as the module is deep.
fn from_the_root(source: &SourceFile) -> Vec<&str> {
    const SUPER: &str = "super::";
    let code = source.code.as_str();
    let from_crate = code.match_indices("crate::").map(|(at, word)| &code[at + word.len()..]);
    // `src/corpus/gather/article.rs` is three deep.
    let depth = source.path.iter().count() - 1;
    let chains = code.match_indices(SUPER).filter(|&(at, _)| !code[..at].ends_with("::"));
    let from_super = chains.filter_map(|(at, _)| {
        let mut rest = &code[at..];
        let mut count = 0;
        while let Some(after) = rest.strip_prefix(SUPER) {
            rest = after;
            count += 1;
        }
        (count >= depth).then_some(rest)
    });
    from_crate.chain(from_super).collect()
}

#[test]
fn layers_import_only_what_is_below_them() {
    let layers = layers();
    let height = |name: &str| layers.iter().position(|layer| layer == name);
    for source in sources() {
        let Some(own) = layer_of(&source.path).and_then(|name| height(&name)) else { continue };
        for rest in from_the_root(&source) {
            // A group would hide the layers that it names.
            assert!(!rest.starts_with(['{', '*']), "{}: `crate::` with a group", source.path.display());
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if let Some(other) = height(&name) {
                assert!(
                    other >= own,
                    "{}: `crate::{name}` lies above `{}`",
                    source.path.display(),
                    layers[own]
                );
            }
        }
    }
}

/// Layers that stand side by side: each answers on its own.
#[test]
fn answers_never_import_each_other() {
    const APART: &[&str] = &["lint", "features"];
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        let Some(own) = layer_of(&source.path).filter(|own| APART.contains(&own.as_str())) else { continue };
        for other in APART.iter().filter(|other| **other != own) {
            let knows = from_the_root(source).iter().any(|rest| {
                rest.strip_prefix(other)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            assert!(!knows, "{}: imports `{other}`", source.path.display());
        }
    }
}

#[test]
fn only_the_workspace_touches_the_disk() {
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        if layer_of(&source.path).as_deref() == Some("workspace") {
            continue;
        }
        for word in [
            "std::fs",
            "File::open",
            "fs::",
            "read_to_string(",
            "tokio::fs",
            ".exists()",
            ".metadata()",
            "canonicalize",
        ] {
            let allowed = word == "fs::" && !source.code.contains("use std::fs");
            assert!(
                allowed || !source.code.contains(word),
                "{}: `{word}` outside src/workspace",
                source.path.display()
            );
        }
    }
}

#[test]
fn no_type_of_the_editors_protocol_leaves_the_server() {
    for source in sources() {
        if layer_of(&source.path).as_deref() == Some("server") {
            continue;
        }
        for word in ["lsp_types", "tower_lsp"] {
            assert!(!source.code.contains(word), "{}: `{word}` outside src/server", source.path.display());
        }
    }
}

#[test]
fn no_rule_knows_another() {
    let rules: Vec<SourceFile> =
        sources().into_iter().filter(|source| source.path.starts_with("src/rules")).collect();
    let is_rule = |source: &&SourceFile| source.code.contains("static RULE: Rule");
    let names: Vec<String> = rules
        .iter()
        .filter(is_rule)
        .filter_map(|source| Some(source.path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    for source in rules.iter().filter(is_rule) {
        for name in &names {
            for path in [format!("super::{name}"), format!("rules::{name}")] {
                assert!(!source.code.contains(&path), "{}: knows `{name}`", source.path.display());
            }
        }
    }
}
