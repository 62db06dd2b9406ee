//! Files that are written: as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Root;

/// Why a file was not changed.
#[derive(Debug)]
pub enum WriteError {
    /// It holds something else than what was looked at.
    Changed,
    /// It lies outside the corpus, whatever link leads there.
    Outside,
    /// The disk says no.
    Io(io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::Changed => f.write_str("somebody changed it meanwhile"),
            WriteError::Outside => f.write_str("it lies outside the corpus"),
            WriteError::Io(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        WriteError::Io(error)
    }
}

impl Root {
    /// Puts `new` in the place of `old` in a file, whose path counts from the corpus root. Whenever
    /// this is interrupted the file holds one or the other. Its permissions stay; a link goes on
    /// leading to it.
    ///
    /// # Errors
    /// Where it does not hold `old` any more, or cannot be written; it is as it was then.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<(), WriteError> {
        let real = fs::canonicalize(self.on_disk(path))?;
        if !real.starts_with(&self.folder) {
            return Err(WriteError::Outside);
        }
        if fs::read(&real)? != old.as_bytes() {
            return Err(WriteError::Changed);
        }
        write_whole(&real, new.as_bytes(), Some(old.as_bytes()))
    }
}

/// A file that is hidden until it takes the place of another. Whoever may read new files here may
/// read it.
fn beside() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsmark-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Writes beside the file, and puts that into its place once the disk has it.
fn write_whole(real: &Path, bytes: &[u8], expected: Option<&[u8]>) -> Result<(), WriteError> {
    let folder = real.parent().unwrap_or(Path::new("/"));
    let mut file = beside().tempfile_in(folder)?;
    // Before anything is in it: a draft that nobody else may read stays so.
    if let Ok(metadata) = fs::metadata(real) {
        file.as_file().set_permissions(metadata.permissions())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            // Only root can; for others it is theirs anyhow.
            let _ = std::os::unix::fs::fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()));
        }
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // As late as can be: what somebody wrote meanwhile is not to be lost.
    if let Some(expected) = expected
        && fs::read(real)? != expected
    {
        return Err(WriteError::Changed);
    }
    file.persist(real).map_err(|error| error.error)?;
    // The name, too, has to be on the disk.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes a file as a whole, whatever was there.
///
/// # Errors
/// Where it cannot be; it is as it was then.
pub fn save(path: &Path, text: &str) -> io::Result<()> {
    let real = fs::canonicalize(path).or_else(|_| std::path::absolute(path))?;
    write_whole(&real, text.as_bytes(), None).map_err(|error| match error {
        WriteError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    })
}

/// The text of a file that is none of a corpus.
///
/// # Errors
/// Where it cannot be read, or is no UTF-8.
pub fn text_of(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
}

/// A file that is made anew, for reports.
///
/// # Errors
/// Where it cannot be.
pub fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// The lines of a list that another program made, from a file or, where it is `-`, from standard
/// input.
///
/// # Errors
/// Where it cannot be read, or is no UTF-8.
pub fn list(path: &Path) -> io::Result<Vec<String>> {
    use io::Read;
    let mut text = String::new();
    match path.as_os_str() == "-" {
        true => io::stdin().take(MOST_LISTED).read_to_string(&mut text),
        false => File::open(path)?.take(MOST_LISTED).read_to_string(&mut text),
    }?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// No list is longer, in bytes.
const MOST_LISTED: u64 = 1 << 30;

/// Whether there is something at a path, be it a link that leads nowhere.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
