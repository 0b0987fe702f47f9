/* SPDX-License-Identifier: Apache-2.0
 *
 * Drives the generated parser over one statement's tokens; see parse.h. Errors other than syntax come from
 * the lexer, from refuse.c and from the builders; syntax errors are told by parse_error.c.
 */
#include "sql/parse.h"

#include "sql/parser.h"

static enum status run(struct parse *p, void *parser) {
    SqlParserInit(parser, p);
    for (p->at = 0; p->at < p->tokens.count; p->at++) {
        SqlParser(parser, p->tokens.items[p->at].kind, p->tokens.items[p->at]);
        if (p->stopped == PARSE_SYNTAX) return parse_error_report(p);
        if (p->stopped == PARSE_FAILED) return ST_ERROR;
    }
    return ST_OK;
}

static enum status parse_tokens(struct parse *p) {
    TRY(refuse_known(p->text, &p->tokens, p->error));
    struct arena scratch = {0};
    enum status st = run(p, arena_alloc_raw(&scratch, sql_parser_bytes()));
    arena_free(&scratch);
    return st;
}

enum status sql_parse(struct arena *a, struct str text, size_t offset, struct ast_stmt **out,
                      size_t *end_offset, struct error *e) {
    uint32_t params;
    return sql_parse_params(a, text, offset, out, &params, end_offset, e);
}

enum status sql_parse_params(struct arena *a, struct str text, size_t offset, struct ast_stmt **out,
                             uint32_t *params, size_t *end_offset, struct error *e) {
    struct parse p = {.arena = a, .text = text, .error = e};
    *params = 0;
    *out = NULL;
    *end_offset = text.len;
    if (text.len >= UINT32_MAX) return error_set(e, ERR_LIMIT, "the text is longer than 4 GiB");
    TRY(tokens_read(a, text, offset, &p.tokens, end_offset, e));
    if (p.tokens.count == 1) return ST_OK;
    TRY(parse_tokens(&p));
    assert(p.result);
    *params = (uint32_t)p.param_count;
    *out = p.result;
    return ST_OK;
}
