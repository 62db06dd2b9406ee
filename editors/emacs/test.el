;;; test.el --- newsmark.el on a copy of the example newsroom, in batch  -*- lexical-binding: t -*-

;;   DESK=COPY NEWSMARK=SERVER emacs --batch -Q -L MARKDOWN-MODE -L YAML-MODE -L . -l test.el

(require 'markdown-mode)
(require 'yaml-mode)
(require 'newsmark)

(defvar test-desk (file-name-as-directory (file-truename (getenv "DESK"))))
(defvar test-failed 0)
(setq newsmark-command (list (getenv "NEWSMARK") "lsp")
      newsmark-checker "A. Desk"
      eglot-sync-connect 10
      eglot-autoshutdown nil
      eglot-confirm-server-edits nil
      create-lockfiles nil
      make-backup-files nil
      auto-save-default nil
      flymake-no-changes-timeout 0.1)
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . yaml-mode))
(newsmark-setup)

(defmacro test (name &rest body)
  (declare (indent 1))
  `(condition-case why
       (progn ,@body (princ (format "  ok      %s\n" ,name)))
     (error (setq test-failed (1+ test-failed))
            (princ (format "  FAILED  %s: %s\n" ,name (error-message-string why))))))

(defun test-sure (what &rest why)
  (unless what (error "%s" (apply #'format why)))
  what)

(defun test-wait (what holds &optional seconds)
  "Waits until HOLDS gives something, for SECONDS at most."
  (let ((end (time-add nil (or seconds 10))) value)
    (while (and (not (setq value (funcall holds))) (time-less-p nil end))
      (accept-process-output nil 0.05))
    (test-sure value "waited in vain: %s" what)))

(defun test-open (name)
  (let ((buffer (find-file-noselect (expand-file-name name test-desk))))
    (set-buffer buffer)
    (switch-to-buffer buffer)
    ;; Eglot waits for the end of a command.
    (run-hooks 'post-command-hook)
    (test-wait (format "no server for %s" name) #'eglot-current-server)))

(defun test-at (words &optional inside)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ (match-beginning 0) (or inside 0))))

(defun test-planted ()
  "The planted faults: file and words."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "FAULTS.md" test-desk))
    (let (faults)
      (while (re-search-forward "^## [0-9]+\\. \\S-+ in \\(\\S-+\\)$" nil t)
        (let ((file (match-string 1)))
          (re-search-forward "^words: `\\(.*\\)`$")
          (push (cons file (match-string 1)) faults)))
      faults)))

(defun test-underlined ()
  "The words that are underlined in this buffer."
  (flymake-start)
  (mapcar (lambda (one)
            (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
          (flymake-diagnostics)))

(defun test-hover ()
  (plist-get (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover
                                         (eglot--TextDocumentPositionParams))
                        :contents)
             :value))

(defun test-text (name)
  (with-current-buffer (find-file-noselect (expand-file-name name test-desk))
    (buffer-string)))

(defvar article "2024/04/two-permits.md")

(test "a page of no corpus is not served"
  (with-current-buffer (find-file-noselect (make-temp-file "page" nil ".md" "[a]{.claim}"))
    (run-hooks 'post-command-hook)
    (test-sure (not (eglot-current-server)) "it is")))

(test "what lies in a corpus and is no part of it is not served"
  (dolist (name '("page.js" "pyproject.toml"))
    (write-region "" nil (expand-file-name name test-desk))
    (with-current-buffer (find-file-noselect (expand-file-name name test-desk))
      (run-hooks 'post-command-hook)
      (test-sure (not (eglot-current-server)) "%s is" name))
    (delete-file (expand-file-name name test-desk))))

(test "squiggles at the planted faults and only there"
  (let* ((faults (test-planted))
         (files (directory-files-recursively test-desk "\\.\\(md\\|ya?ml\\|json\\|bib\\)\\'"))
         (count 0))
    (test-open article)
    (dolist (file files)
      (let* ((name (file-relative-name file test-desk))
             (expected (mapcar #'cdr (seq-filter (lambda (fault) (equal (car fault) name)) faults))))
        (unless (member name '("README.md" "FAULTS.md"))
          (test-open name)
          (let ((own (lambda (words) (sort (seq-remove (lambda (one) (member one '("(front matter)" "---")))
                                                       words)
                                           #'string<))))
            (test-wait (format "in %s are underlined %S, and not %S" name (test-underlined) expected)
                       (lambda ()
                         (let ((found (test-underlined)))
                           (and (= (length found) (length expected))
                                (null (seq-difference (funcall own expected) found)))))))
          (setq count (+ count (length expected))))))
    ;; One is in a file of JSON lines, for which Emacs has no mode.
    (test-sure (= count (1- (length faults))) "%d of %d" count (length faults))))

(test "hover over a mention, a citation, a claim"
  (test-open article)
  (test-at "[[Hanne Brill]]" 4)
  (test-sure (string-search "person" (test-hover)) "of a name: %s" (test-hover))
  (test-at "@lpa-0312" 3)
  (test-sure (string-search "Littoral Press" (test-hover)) "of a source: %s" (test-hover))
  (test-at "The convoy was held" 3)
  (test-sure (string-search "accus" (test-hover)) "of a claim: %s" (test-hover)))

(test "to the definition in another file"
  (test-open article)
  (test-at "@nwire-0311" 3)
  (let* ((found (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
         (marker (xref-location-marker (xref-item-location found))))
    (test-sure (string-suffix-p "statements.json" (buffer-file-name (marker-buffer marker))) "in %S" marker)))

(test "completion after `[@`"
  (test-open article)
  (goto-char (point-max))
  (insert "[The gate is open]{.claim}[@brill-")
  (let* ((found (eglot-completion-at-point))
         (all (all-completions "brill-" (nth 2 found))))
    (test-sure (seq-some (lambda (one) (string-search "brill-0402" one)) all) "offered are %S" all))
  (revert-buffer t t))

(test "an entity gets another name in several files"
  (test-open article)
  (test-at "kasra-camp" 3)
  (eglot-rename "kasra-tents")
  (test-sure (string-search "[[kasra-tents|desert camp]]" (test-text article)) "not in the article")
  (test-sure (string-search "id: kasra-tents" (test-text "registry/entities/places.yaml")) "not in the registry")
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (and buffer-file-name (buffer-modified-p)) (revert-buffer t t)))))

(test "a quick fix is made, and the squiggle goes"
  (test-open "2023/02/harbour-raid-morning-after.md")
  (test-wait "no squiggle" (lambda () (member "Harbor Monitor" (test-underlined))))
  (test-at "[[Harbor Monitor]]" 4)
  (let* ((actions (eglot-code-actions (point) (point) "quickfix"))
         (one (seq-find (lambda (action) (equal (plist-get action :title) "Change to `Harbour Monitor`")) actions)))
    (test-sure one "offered are %S" (mapcar (lambda (action) (plist-get action :title)) actions))
    (eglot-execute (eglot-current-server) one))
  (test-wait "no change" (lambda () (string-search "of [[Harbour Monitor]], a group" (buffer-string))))
  ;; Eglot tells of changes when nobody types for a while, and in batch nobody ever does.
  (eglot--signal-textDocument/didChange)
  (test-wait "it stays" (lambda () (= 2 (length (test-underlined)))))
  (revert-buffer t t))

(test "origins and retraction"
  (test-open article)
  (test-at "@lpa-0312" 3)
  (newsmark-origins)
  (let ((page (with-current-buffer "*newsmark*" (buffer-string))))
    (test-sure (string-search "by way of nwire-0311" page) "it says %s" page)
    (test-sure (not (string-match-p "[*\\\\]" page)) "markup is left: %s" page))
  (test-open article)
  (newsmark-retraction "@nwire-0311")
  (let ((page (with-current-buffer "*newsmark*" (buffer-string))))
    (test-sure (string-search "two-permits" page) "it says %s" page)))

(test "a buffer without a file, or of no corpus, is told apart"
  (dolist (buffer (list (get-buffer-create "*scratch*") (get-buffer "*newsmark*")
                        (find-file-noselect (make-temp-file "page" nil ".md" "[a]{.claim}"))))
    (with-current-buffer buffer
      (dolist (command (list #'newsmark-origins #'newsmark-retraction #'newsmark-restart-index))
        (let ((why (condition-case why (progn (funcall command) "nothing") (error (error-message-string why)))))
          (test-sure (string-search "go to an article of a corpus first" why)
                     "%s in %s says %s" command (buffer-name) why))))))

(test "one server for all of it"
  (test-sure (= 1 (length (gethash (eglot--current-project) eglot--servers-by-project))) "there are more")
  (test-open article)
  (test-sure (equal test-desk (file-name-as-directory (file-truename (project-root (eglot--current-project)))))
             "its folder is %s" (project-root (eglot--current-project))))

(princ (format "  %d failed\n" test-failed))
(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(ignore-errors (eglot-shutdown-all))
(kill-emacs (if (= test-failed 0) 0 1))
