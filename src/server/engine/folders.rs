//! Which corpora there are, and which files of them something happened to.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::config::{ARTICLE_ENDINGS, ENTITY_ENDINGS, FILE_NAME, SOURCE_ENDINGS};
use crate::diagnostic::FilePath;
use crate::workspace::{self, Root};

use super::desk::{Desk, DeskId};
use super::open::{Home, Open};
use super::{Engine, publish};

impl Engine {
    /// Notes that something happened to files: that they were created, changed or deleted.
    pub(super) fn watched(&mut self, paths: &[PathBuf]) {
        let mut configured = false;
        for path in paths {
            // Most clients name files as they are; through a link to the folder, it is found
            // out what they are.
            let real = match self.find_desk(path) {
                Some(_) => path.clone(),
                None => workspace::identity(path),
            };
            let path = &real;
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name == FILE_NAME {
                let own = self.desks.iter().find(|(_, desk)| desk.root.config_path().as_ref() == Some(path));
                match own.map(|(id, _)| *id) {
                    Some(id) => self.configure_from_disk(id),
                    None => configured = true,
                }
                continue;
            }
            let Some((desk, path)) = self.desk_of(path) else { continue };
            if matches!(name, ".gitignore" | ".ignore") {
                desk.want_all();
            } else if desk.stamps.contains_key(&path) || desk.corpus.is_asked_for(&path) {
                desk.want(path);
            } else if may_belong(desk, &path) || desk.root.is_folder(&path) {
                // What is new is found by walking, which knows what belongs to the corpus;
                // so are folders that came or went.
                desk.want_all();
            }
        }
        if configured {
            self.configure();
        }
    }

    /// Looks for changes where the client does not tell of them.
    pub(super) fn look_around_unless_watched(&mut self, saved: Option<PathBuf>) {
        let watches = self.session.watches_files.load(Ordering::Relaxed);
        let folders = &self.folders;
        // Clients watch the folders that they work in, and a corpus may begin above them.
        let is_watched =
            |desk: &Desk| watches && folders.iter().any(|folder| desk.root.folder.starts_with(folder));
        let unwatched: Vec<DeskId> =
            self.desks.iter().filter(|(_, desk)| !is_watched(desk)).map(|(id, _)| *id).collect();
        for id in &unwatched {
            self.configure_from_disk(*id);
            if let Some(desk) = self.desks.get_mut(id) {
                desk.want_all();
            }
        }
        let is_configuration = |path: &PathBuf| path.file_name().is_some_and(|name| name == FILE_NAME);
        if !watches && let Some(path) = saved.filter(is_configuration) {
            self.watched(&[path]);
        }
    }

    /// The corpus that a file lies in, and its path there.
    fn desk_of(&mut self, path: &Path) -> Option<(&mut Desk, FilePath)> {
        let (id, path) = self.find_desk(path)?;
        Some((self.desks.get_mut(&id)?, path))
    }

    /// The innermost corpus that a file lies in, and its path there.
    pub(in crate::server) fn find_desk(&self, path: &Path) -> Option<(DeskId, FilePath)> {
        let holds = |(id, desk): (&DeskId, &Desk)| {
            let within = desk.root.path_within(path)?;
            Some((desk.root.folder.as_os_str().len(), *id, within))
        };
        let (_, id, path) = self.desks.iter().filter_map(holds).max()?;
        Some((id, path.into()))
    }

    /// Reads the configuration of a corpus anew, unless the client has it open.
    pub(super) fn configure_from_disk(&mut self, id: DeskId) {
        let is_open = |open: &Open| matches!(open.home, Home::Config { desk, .. } if desk == id);
        let Some(desk) = self.desks.get(&id).filter(|_| !self.open.values().any(is_open)) else { return };
        match desk.root.configuration() {
            Ok(Some(config)) => self.reconfigure(id, config),
            // Another may hold now, further up.
            Ok(None) => self.configure(),
            Err(error) => publish::show(&self.outbox, &error.to_string()),
        }
    }

    /// Reads the configurations anew, and finds out what corpora there are now.
    fn configure(&mut self) {
        for id in self.desks.keys().copied().collect::<Vec<_>>() {
            self.take_back(id);
        }
        self.desks.clear();
        let folders = std::mem::take(&mut self.folders);
        self.set_folders(&folders, &[]);
        for open in self.open.values_mut() {
            open.forget_home();
        }
    }

    /// Opens the corpora of folders that the client works in, and drops those of others.
    pub(super) fn set_folders(&mut self, added: &[PathBuf], removed: &[PathBuf]) {
        let real = |folders: &[PathBuf]| -> Vec<PathBuf> {
            folders.iter().map(|folder| workspace::identity(folder)).collect()
        };
        self.links.extend(added.iter().cloned().zip(real(added)).filter(|(given, real)| given != real));
        let (added, removed) = (real(added), real(removed));
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in &added {
            if !self.folders.contains(folder) {
                self.folders.push(folder.clone());
            }
            match workspace::discover(std::slice::from_ref(folder)) {
                Ok(requests) => requests.into_iter().for_each(|request| {
                    self.add_desk(request.root);
                }),
                Err(error) => {
                    publish::show(&self.outbox, &error.to_string());
                    if let Some(root) = Root::in_spite_of(&error) {
                        self.add_desk(root);
                    }
                }
            }
        }
        self.drop_unused();
    }

    /// Drops the corpora in which nothing is open and the client does not work.
    pub(super) fn drop_unused(&mut self) {
        let is_used = |id: DeskId, desk: &Desk| {
            let holds = |folder: &PathBuf| {
                folder.starts_with(&desk.root.folder) || desk.root.folder.starts_with(folder)
            };
            self.open.values().any(|open| open.home.desk() == Some(id)) || self.folders.iter().any(holds)
        };
        let unused: Vec<DeskId> =
            self.desks.iter().filter(|(id, desk)| !is_used(**id, desk)).map(|(id, _)| *id).collect();
        for id in unused {
            self.take_back(id);
            self.desks.remove(&id);
        }
        if self.desks.values().all(|desk| desk.ready || desk.is_stopped) {
            self.progress.end();
        }
    }

    /// The corpus of a root, opened if it is not.
    pub(super) fn add_desk(&mut self, root: Root) -> DeskId {
        let same = self.desks.iter().find(|(_, desk)| desk.root.folder == root.folder);
        if let Some((&id, _)) = same {
            return id;
        }
        // What lay in a corpus around it belongs to this one now.
        for (id, outer) in &mut self.desks {
            if root.folder.starts_with(&outer.root.folder) {
                outer.want_all();
                let inside = self.open.values_mut().filter(|open| open.home.desk() == Some(*id));
                inside.for_each(Open::forget_home);
            }
        }
        self.last_desk.0 += 1;
        self.desks.insert(self.last_desk, Desk::new(root));
        self.last_desk
    }
}

/// Whether a file or folder of that path may hold something of the corpus, or did.
fn may_belong(desk: &Desk, path: &str) -> bool {
    if path.split('/').any(|part| part.starts_with('.')) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once('.') else { return true };
    let known = [ARTICLE_ENDINGS, ENTITY_ENDINGS, SOURCE_ENDINGS];
    known.iter().any(|endings| endings.contains(&ending)) || desk.held_files_in(path)
}
