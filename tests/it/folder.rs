//! Folders to test in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.join(path)).expect("the file is there and is text")
    }

    pub(crate) fn link(&self, from: &str, to: impl AsRef<Path>) {
        std::os::unix::fs::symlink(to, self.join(from)).expect("a link");
    }

    /// A named pipe; `mkfifo` is part of every Unix.
    pub(crate) fn pipe(&self, path: &str) {
        let status = std::process::Command::new("mkfifo").arg(self.join(path)).status();
        assert!(status.expect("mkfifo runs").success());
    }

    /// The command in this folder, in an environment without settings of its own.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsmark"));
        command.args(args).current_dir(self.path());
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "NEWSMARK_LOG"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs newsmark in this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    /// Runs newsmark in this folder with something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("newsmark runs");
        // It may end without having read it all.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        Run::of(&child.wait_with_output().expect("newsmark ends"), self)
    }

    pub(crate) fn path(&self) -> &Path {
        debug_assert!(self.dir.path().exists());
        &self.path
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }
}

/// What a run printed, with the folder's path as `$FOLDER`.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: &Output, folder: &Folder) -> Run {
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("newsmark prints UTF-8");
            text.replace(&*folder.path().to_string_lossy(), "$FOLDER")
        };
        // A process that a signal ended has no status, and no test expects that.
        let status = output.status.code().unwrap_or(-1);
        Run { status, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The lines of the output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}
