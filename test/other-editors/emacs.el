;; Opens a ceph.conf, waits for its findings, hovers and asks for fixes; prints what came as JSON.
(require 'json)
(require 'flymake)
(setq eglot-sync-connect t
      eglot-autoshutdown nil
      eglot-report-progress nil)
(with-current-buffer (find-file-noselect (getenv "RBDCACHE_FILE"))
  (unless (eglot-current-server)
    (apply #'eglot (eglot--guess-contact)))
  (let ((server (eglot-current-server)) (findings nil) (left 400))
    (eglot--signal-textDocument/didOpen)
    (while (and (null findings) (> left 0))
      (accept-process-output nil 0.05)
      (flymake-start)
      (setq findings (flymake-diagnostics) left (1- left)))
    (goto-char (point-min))
    (search-forward "rbd_cache_max_dirty")
    (backward-char 2)
    (let* ((hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)))
           (actions (jsonrpc-request
                     server :textDocument/codeAction
                     (list :textDocument (eglot--TextDocumentIdentifier)
                           :range (list :start (eglot--pos-to-lsp-position (line-beginning-position))
                                        :end (eglot--pos-to-lsp-position (line-end-position)))
                           :context (list :diagnostics [])))))
      (princ (json-encode
              (list :findings (vconcat (mapcar #'flymake-diagnostic-text findings))
                    :hover (plist-get (plist-get hover :contents) :value)
                    :actions (vconcat (mapcar (lambda (one) (plist-get one :title)) actions)))))
      (terpri))))
