-- Opens a ceph.conf, waits for its findings, hovers and asks for fixes; prints what came as JSON.
local path = vim.env.RBDCACHE_FILE
local function fail(why)
  io.stdout:write(vim.fn.json_encode({ failed = why }) .. '\n')
  vim.cmd('cquit!')
end

vim.cmd('edit ' .. vim.fn.fnameescape(path))
local buffer = vim.api.nvim_get_current_buf()
if not vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 50) then fail('no findings') end

local at = vim.fn.search('64MiB')
vim.api.nvim_win_set_cursor(0, { at, vim.fn.col('.') })
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  for _, answer in pairs(answers or {}) do
    if answer.result then return answer.result end
  end
end
local hover = ask('textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16'))
local range = vim.lsp.util.make_range_params(0, 'utf-16')
range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer) }
local actions = ask('textDocument/codeAction', range) or {}

local findings = vim.tbl_map(function(one) return one.message end, vim.diagnostic.get(buffer))
io.stdout:write(vim.fn.json_encode({
  findings = findings,
  hover = hover and hover.contents.value or '',
  actions = vim.tbl_map(function(one) return one.title end, actions),
}) .. '\n')
vim.cmd('qall!')
