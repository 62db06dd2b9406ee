//! Folders to test in.

use std::fs;
use std::path::{Path, PathBuf};

/// A temporary folder that goes away with the test.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
    path: PathBuf,
}

impl Folder {
    /// A folder with these files in it.
    pub(crate) fn new(files: &[(&str, &str)]) -> Folder {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = fs::canonicalize(dir.path()).expect("it is there");
        let folder = Folder { dir, path };
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("a folder");
        }
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn link(&self, from: &str, to: impl AsRef<Path>) {
        std::os::unix::fs::symlink(to, self.join(from)).expect("a link");
    }

    /// A named pipe; `mkfifo` is part of every Unix.
    pub(crate) fn pipe(&self, path: &str) {
        let status = std::process::Command::new("mkfifo").arg(self.join(path)).status();
        assert!(status.expect("mkfifo runs").success());
    }

    pub(crate) fn path(&self) -> &Path {
        debug_assert!(self.dir.path().exists());
        &self.path
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }
}
