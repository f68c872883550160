"""The observability dashboard: every file that the other rooms wrote, as pages a person can read.

`reading/` turns files into frozen facts and survives what is missing or torn; `pages/` turns facts into
what a template needs; `templates/` and `static/` are the page. One renderer serves both forms: `server`
answers requests with it, `export` writes every page it knows. Nothing here writes into a project.
"""
