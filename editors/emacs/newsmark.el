;;; newsmark.el --- Annotated news drafts, by Eglot  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; Serves the files of a corpus, a folder with a newsmark.toml at its top, by newsmark's language
;; server, and nothing elsewhere.  In your init file:
;;
;;   (add-to-list 'load-path "/where/newsmark/is/editors/emacs")
;;   (require 'newsmark)
;;   (newsmark-setup)

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'project)

(defgroup newsmark nil
  "Annotated news drafts."
  :group 'text)

(defcustom newsmark-command '("newsmark" "lsp")
  "How the server is started."
  :type '(repeat string))

(defcustom newsmark-checker nil
  "Your name, for claims that you mark as checked and articles that you begin."
  :type '(choice (const :tag "Nobody" nil) string))

(defcustom newsmark-modes
  '(markdown-mode gfm-mode markdown-ts-mode yaml-mode yaml-ts-mode json-mode json-ts-mode js-json-mode
    js-mode bibtex-mode conf-toml-mode toml-ts-mode)
  "The major modes of what a corpus holds: articles, registries, bibliographies, the configuration.
One server serves them all."
  :type '(repeat symbol))

(defun newsmark-root (&optional directory)
  "The top of the corpus around DIRECTORY, or nil."
  (locate-dominating-file (or directory default-directory) "newsmark.toml"))

(defun newsmark-project (directory)
  "The corpus around DIRECTORY as a project."
  (when-let* ((root (newsmark-root directory)))
    (cons 'newsmark root)))

(cl-defmethod project-root ((project (head newsmark)))
  (cdr project))

(defun newsmark--contact (&rest _)
  (append newsmark-command
          (when newsmark-checker
            (list :initializationOptions (list :checker newsmark-checker)))))

(defconst newsmark--files
  "\\.\\(?:md\\|markdown\\|newsmark\\|ya?ml\\|jsonl?\\|bib\\)\\'\\|/newsmark\\.toml\\'"
  "The files that the server reads.
Some of the major modes serve others, too: scripts, the settings of other programs.")

(defun newsmark-ensure ()
  "Have this file served if it belongs to a corpus."
  (when (and buffer-file-name (string-match-p newsmark--files buffer-file-name) (newsmark-root))
    (setq-local eglot-server-programs
                (cons (cons newsmark-modes #'newsmark--contact) eglot-server-programs))
    (eglot-ensure)))

;;;###autoload
(defun newsmark-setup ()
  "Serve the files of each corpus that is opened from now on."
  (add-to-list 'auto-mode-alist '("\\.newsmark\\'" . markdown-mode))
  (add-hook 'project-find-functions #'newsmark-project)
  (dolist (mode newsmark-modes)
    (add-hook (intern (format "%s-hook" mode)) #'newsmark-ensure)))

(defun newsmark--server ()
  "The server of this file; where it has none, that is said."
  (unless (and buffer-file-name (eglot-managed-p))
    (user-error "This buffer is no file that newsmark serves: go to an article of a corpus first"))
  (eglot--current-server-or-lose))

(defun newsmark--execute (command &rest arguments)
  "Has the server run COMMAND with ARGUMENTS, and gives its answer."
  (jsonrpc-request (newsmark--server) :workspace/executeCommand
                   (list :command command :arguments (vconcat arguments))))

(defun newsmark--show (command what)
  "Shows the page that COMMAND makes about WHAT, or about what is at point."
  (newsmark--server)
  (let* ((place (eglot--TextDocumentPositionParams))
         (answer (newsmark--execute command (plist-get (plist-get place :textDocument) :uri)
                                    (or what (plist-get place :position))))
         (page (plist-get answer :markdown)))
    (unless page (user-error "That is no source, claim or article of this corpus"))
    (with-current-buffer (get-buffer-create "*newsmark*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (replace-regexp-in-string
                 "\\\\\\([[:punct:]\n]\\)" "\\1"
                 (replace-regexp-in-string "\\*\\*\\|^---\n\n" "" page))))
      (goto-char (point-min))
      (special-mode)
      (visual-line-mode)
      (display-buffer (current-buffer)))))

(defun newsmark--name ()
  "With a prefix argument, the name that is asked for."
  (list (when current-prefix-arg (read-string "Name, as @key or article#claim: "))))

(defun newsmark-origins (&optional name)
  "Show where the source or claim at point, or NAME, comes from in the end."
  (interactive (newsmark--name))
  (newsmark--show "newsmark.showOrigins" name))

(defun newsmark-retraction (&optional name)
  "Show all that a retraction of the source or claim at point, or NAME, touches."
  (interactive (newsmark--name))
  (newsmark--show "newsmark.showRetraction" name))

(defun newsmark-restart-index ()
  "Have the server read the corpus anew."
  (interactive)
  (newsmark--execute "newsmark.restartIndex")
  (message "The corpus is read anew"))

(provide 'newsmark)

;;; newsmark.el ends here
