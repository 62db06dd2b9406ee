//! Paths of files, from the corpus root and with `/` between their parts.

/// The name of a file without folders and ending.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The path of an article as claim references write it: without its ending.
#[must_use]
pub fn without_ending(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    path[name..].rfind('.').map_or(path, |dot| &path[..name + dot])
}

/// The way from the file `from` to the file `to`, as it is written in the first.
#[must_use]
pub fn relative_path(from: &str, to: &str) -> String {
    let mut folder: Vec<&str> = from.split('/').collect();
    folder.pop();
    let parts: Vec<&str> = to.split('/').collect();
    let shared = folder.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(folder.len() - shared) + &parts[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_file_to_another() {
        assert_eq!(relative_path("a.md", "b.md"), "b.md");
        assert_eq!(relative_path("2026/03/a.md", "2026/03/b.md"), "b.md");
        assert_eq!(relative_path("2026/03/a.md", "2026/02/b.md"), "../02/b.md");
        assert_eq!(relative_path("2026/03/a.md", "b.md"), "../../b.md");
        assert_eq!(relative_path("a.md", "2026/b.md"), "2026/b.md");
        // A file may be called as a folder is.
        assert_eq!(relative_path("a/b/c.md", "a/b"), "../b");
    }

    #[test]
    fn endings_are_those_of_the_name() {
        assert_eq!(without_ending("2026.1/a.b.md"), "2026.1/a.b");
        assert_eq!(without_ending("2026.1/a"), "2026.1/a");
        assert_eq!(stem("2026.1/a.b.md"), "a.b");
        assert_eq!(stem("a"), "a");
    }
}
