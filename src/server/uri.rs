//! The addresses of documents, and the files that they name.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tower_lsp::gen_lsp_types::Uri;

/// What stays as it is in a path: RFC 3986's unreserved characters and the slash. Editors
/// escape more or less of the others and read all.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What RFC 3986 does not let stand in an address. A client may refuse all of an answer for one
/// address that is none.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address on the web as it was written, spelt as the protocol wants it.
pub(super) fn of_web(address: &str) -> Uri {
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let mut out = format!("{scheme}://{}", utf8_percent_encode(host, NOT_IN_ADDRESSES));
    let mut has_fragment = false;
    for (at, part) in rest.char_indices().map(|(at, c)| (at, &rest[at..at + c.len_utf8()])) {
        let is_hex = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
        match part {
            "%" if !(is_hex(at + 1) && is_hex(at + 2)) => out.push_str("%25"),
            "[" => out.push_str("%5B"),
            "]" => out.push_str("%5D"),
            "#" if std::mem::replace(&mut has_fragment, true) => out.push_str("%23"),
            _ => out.extend(utf8_percent_encode(part, NOT_IN_ADDRESSES)),
        }
    }
    Uri(out)
}

/// The file that an address names: `None` for other schemes, other machines, and what is
/// no path here.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next()?;
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let slash = rest.find('/')?;
            let host = &rest[..slash];
            if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
                return None;
            }
            &rest[slash..]
        }
        None => rest,
    };
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    let path = PathBuf::from(on_this_system(&path));
    path.is_absolute().then_some(path)
}

/// The address of a file, from its absolute path.
pub(super) fn of_path(path: &Path) -> Uri {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let slash = if text.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", utf8_percent_encode(&text, ESCAPED)))
}

/// `/c:/desk` is `C:\desk` on Windows; elsewhere a path is a path.
fn on_this_system(path: &str) -> String {
    match path.as_bytes() {
        [b'/', drive, b':', ..] if cfg!(windows) && drive.is_ascii_alphabetic() => {
            path[1..].replace('/', "\\")
        }
        _ => path.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn path(uri: &str) -> Option<String> {
        to_path(&Uri(uri.to_owned())).map(|path| path.to_string_lossy().into_owned())
    }

    #[test]
    fn however_it_is_spelt() {
        for uri in [
            "file:///desk/2026/a%20b.md",
            "file:///desk/2026/a b.md",
            "FILE:///desk/2026/a%20b.md#top",
            "file://localhost/desk/2026/%61%20b.md",
            "file:/desk/2026/a%20b.md",
        ] {
            assert_eq!(path(uri).as_deref(), Some("/desk/2026/a b.md"), "{uri}");
        }
        assert_eq!(path("file:///%C3%A7.md").as_deref(), Some("/ç.md"));
    }

    #[test]
    fn what_names_no_file_here() {
        for uri in [
            "untitled:Untitled-1",
            "file://other/a.md",
            "file:///a%00.md",
            "file:///%ff.md",
            "file:a.md",
            "a.md",
            "",
        ] {
            assert_eq!(path(uri), None, "{uri}");
        }
    }

    #[test]
    fn what_is_on_the_web() {
        for (written, expected) in [
            ("https://example.org/a?b=1&c#d", "https://example.org/a?b=1&c#d"),
            ("HTTP://user@[::1]:80/é |x", "HTTP://user@[::1]:80/%C3%A9%20%7Cx"),
            ("https://bücher.example/100%/%41[1]#a#b", "https://b%C3%BCcher.example/100%25/%41%5B1%5D#a%23b"),
            ("https://example.org", "https://example.org"),
        ] {
            assert_eq!(of_web(written).0, expected);
        }
    }

    #[test]
    fn there_and_back() {
        for text in ["/desk/a b.md", "/desk/ç/é.md", "/desk/100%.md", "/desk/a?b#c.md", "/desk/[x]{y}.md"] {
            let uri = of_path(Path::new(text));
            assert_eq!(path(&uri.0).as_deref(), Some(text), "{}", uri.0);
            assert!(uri.0.is_ascii());
        }
    }
}
