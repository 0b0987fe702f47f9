/*
 * No licence line.
 */
#include "exec/op.h"
#include <weir.h>
#include "good.h"
#include <string.h>

static int counter;
static int table[3] = {1, 2, 3};
int exported = 1;
static const char *const names[] = {"a", "b"};

void bad(char *to, const char *from) {
	strcpy(to, from);   
    static _Thread_local int calls;
    to[0] = (char)(++calls + counter++ + table[1]++ + names[1][0] + atoi(from));
    /* TODO: nothing */
}
