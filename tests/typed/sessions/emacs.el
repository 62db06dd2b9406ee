;;; emacs.el --- An hour at the desk in a minute: what a fact-checker does in Emacs  -*- lexical-binding: t -*-

;;   emacs -nw -Q -l emacs.el ROOT SERVER...
;;
;; in a terminal.  How it is recorded, ../record.py says.  For Emacs 28 and later, Eglot 1.9 and
;; later.

(require 'eglot)
(require 'imenu)
(require 'project)

(defvar session-root (file-name-as-directory (file-truename (pop command-line-args-left))))
(defvar session-command command-line-args-left)
(setq-default indent-tabs-mode nil
              js-indent-level 2)
(setq command-line-args-left nil
      create-lockfiles nil
      make-backup-files nil
      auto-save-default nil
      eglot-autoshutdown nil
      eglot-confirm-server-edits nil
      eglot-extend-to-xref t
      project-find-functions (list (lambda (_) (cons 'transient session-root))))

;; Whether other files may be changed, too, older ones ask whatever is set.
(advice-add 'y-or-n-p :override #'always)

;; Emacs has none of its own for these.
(define-derived-mode markdown-mode text-mode "Markdown")
(define-derived-mode yaml-mode text-mode "YAML")
(setq auto-mode-alist (append '(("\\.md\\'" . markdown-mode) ("\\.ya?ml\\'" . yaml-mode)) auto-mode-alist)
      eglot-server-programs `(((markdown-mode yaml-mode ,(if (fboundp 'js-json-mode) 'js-json-mode 'js-mode)
                                              bibtex-mode conf-toml-mode)
                               . ,session-command)))

(defun session-rest (&optional seconds)
  "Nobody presses a key: what waits for that happens."
  ;; Emacs takes itself to be idle only while it waits for a key without a limit.
  (run-at-time (or seconds 0.6) nil (lambda () (push 'session-over unread-command-events)))
  (while (not (eq (read-event) 'session-over))))

(defun session-sure (what &rest why)
  (unless what (error "%s" (apply #'format why))))

(defun session-keys (&rest each)
  (dolist (keys each)
    (execute-kbd-macro (kbd keys))
    (session-rest)))

(defun session-types (text)
  "Types as with fingers: some letters at a time."
  (while (> (length text) 0)
    (let ((some (min 7 (length text))))
      (execute-kbd-macro (vconcat (substring text 0 some)))
      (setq text (substring text some))
      (session-rest 0.7))))

(defun session-run (command &rest answers)
  "Runs a command by its name; it asks for what ANSWERS says."
  (execute-kbd-macro
   (vconcat (kbd "M-x") (symbol-name command) (kbd "RET")
            (mapconcat (lambda (answer) (vconcat answer (kbd "RET"))) answers [])))
  (session-rest))

(defun session-open (name)
  (switch-to-buffer (find-file-noselect (expand-file-name name session-root)))
  (session-rest 1))

(defun session-at (words &optional inside)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ (match-beginning 0) (or inside 0)))
  ;; A command of its own, for those who wait for one.
  (session-keys "C-f C-b"))

(defun session-diagnosed (words)
  (seq-some (lambda (one) (string-search words (flymake-diagnostic-text one))) (flymake-diagnostics)))

(defun session ()
  (session-open "2024/10/tollan-dam.md")
  (session-run 'eglot)
  (session-rest 3)
  (session-sure (eglot-current-server) "no server")

  ;; A claim with where it comes from, in the wrong order; a name that is not spelt so.
  (session-keys "M->" "RET")
  (session-types "[The water stood at the door of the church by [[Tolan]] on Wednesday, 24 October 2024]{#church by=valley-watch .claim}[@vwatch-1023")
  ;; Not by a key: Eglot gives up waiting when keys are pending, as they are here.
  (command-execute #'completion-at-point)
  (session-rest)
  (session-types "], “says” the group — 🗞.")
  (session-rest 1)
  (session-sure (session-diagnosed "falls on a Thursday") "the day was not found: %S" (flymake-diagnostics))
  (session-run 'eglot-format-buffer)
  (session-keys "C-x C-s")

  ;; What is known of the names in it.
  (session-at "[[Valley Watch]]" 3)
  (session-run 'eldoc)
  (session-at "@vwatch-1023" 3)
  (session-rest 1)
  (xref-find-references (xref-backend-identifier-at-point 'eglot))
  (session-rest)
  (session-keys "C-x 0")
  (session-sure (imenu--make-index-alist) "no outline")
  (session-run 'xref-find-apropos "tollan")
  (session-keys "C-x 0")

  ;; The name that is not spelt so: what is offered, and the first of it taken.
  (session-at "[[Tolan]]" 3)
  (session-run 'eglot-code-actions "Change to `Tollan`")

  ;; A claim gets another name, and a source, which stands in more than one file.
  (session-at "#gauge" 2)
  (session-run 'eglot-rename "gauge-level")
  (session-at "@vwatch-1023" 3)
  (session-run 'eglot-rename "watch-list-1023")
  (save-some-buffers t)
  (session-rest 1)

  ;; Where things stand: in lists of each kind.
  (session-at "by=valley-watch" 5)
  (session-keys "M-." "M-,")
  (session-at "@lann-gauges" 3)
  (session-keys "M-." "M-,")
  (session-at "@watch-list-1023" 3)
  (session-keys "M-.")
  (session-sure (string-suffix-p "statements.json" (buffer-file-name)) "not there: %s" (buffer-name))

  ;; The source is retracted: that is an error in the article.  Then it was not.
  (search-forward "\"valley-watch\"")
  (session-types ", \"standing\": \"retracted\"")
  (session-keys "C-x C-s")
  (session-open "2024/10/tollan-dam.md")
  (session-sure (session-diagnosed "was retracted") "nothing is retracted: %S" (flymake-diagnostics))
  (session-open "registry/sources/statements.json")
  (search-backward ", \"standing\"")
  (session-keys "C-k" "C-x C-s")
  (session-open "2024/10/tollan-dam.md")
  (session-sure (not (session-diagnosed "was retracted")) "it stays retracted")

  ;; On a Thursday it was: that stays, for the desk to find.
  (dolist (part '("by [[Tollan]] on" "#gauge-level" "{.claim #church by=valley-watch}[@watch-list-1023], “says”"))
    (goto-char (point-min))
    (session-sure (search-forward part nil t) "not in the text: %s" part))

  (save-some-buffers t)
  (dolist (name '("pumps-for-tollan.md" "below-the-dam.md" "what-we-got-wrong.md" "documents.bib" "statements.json" "tollan-dam.md"))
    (kill-buffer name)
    (session-rest))
  ;; Eglot does not say goodbye from a file that it has closed.
  (switch-to-buffer "organisations.yaml")
  (eglot-shutdown (eglot-current-server)))

(add-hook 'emacs-startup-hook
          (lambda ()
            (let ((code 0))
              (condition-case why
                  (session)
                (error
                 (setq code 1)
                 (princ (format "%S in %S at %d\n%s\n" why (buffer-name) (point)
                                (with-current-buffer "*Messages*" (buffer-string)))
                        #'external-debugging-output)))
              (dolist (buffer (buffer-list))
                (with-current-buffer buffer (set-buffer-modified-p nil)))
              (kill-emacs code))))
