// What Swift cannot reach in libedit and in the C library: variadic functions get wrappers of fixed arity, and macros that are not
// constants (`stdin`, `SIG_DFL`) get accessors.
#ifndef CRMQ_CLIBEDIT_SHIM_H
#define CRMQ_CLIBEDIT_SHIM_H

#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

typedef unsigned char (*crmq_el_command)(EditLine *, int);
typedef char *(*crmq_el_prompt)(EditLine *);

// The standard streams are macros or mutable globals, neither of which Swift 6 lets through.
static inline FILE *crmq_stdin(void) { return stdin; }
static inline FILE *crmq_stdout(void) { return stdout; }
static inline FILE *crmq_stderr(void) { return stderr; }

// el_set, one wrapper a form of its arguments.
static inline int crmq_el_set_prompt(EditLine *editor, crmq_el_prompt prompt, char escape) {
    return el_set(editor, EL_PROMPT_ESC, prompt, escape);
}
static inline int crmq_el_set_editor(EditLine *editor, const char *mode) { return el_set(editor, EL_EDITOR, mode); }
static inline int crmq_el_set_client_data(EditLine *editor, void *data) { return el_set(editor, EL_CLIENTDATA, data); }
static inline int crmq_el_set_reader(EditLine *editor, el_rfunc_t reader) { return el_set(editor, EL_GETCFN, reader); }
static inline int crmq_el_set_history(EditLine *editor, History *entries) {
    return el_set(editor, EL_HIST, history, entries);
}
static inline int crmq_el_add_command(EditLine *editor, const char *name, const char *help, crmq_el_command command) {
    return el_set(editor, EL_ADDFN, name, help, command);
}
static inline int crmq_el_bind(EditLine *editor, const char *key, const char *command) {
    return el_set(editor, EL_BIND, key, command, NULL);
}
// The alternative key map is vi's command mode.
static inline int crmq_el_bind_alternative(EditLine *editor, const char *key, const char *command) {
    return el_set(editor, EL_BIND, "-a", key, command, NULL);
}
static inline int crmq_el_prepare_terminal(EditLine *editor, int raw) { return el_set(editor, EL_PREP_TERM, raw); }
// The narrow el_set does not know EL_REFRESH in every release; the wide one does.
static inline int crmq_el_redraw(EditLine *editor) { return el_wset(editor, EL_REFRESH); }

// el_get.
static inline void *crmq_el_client_data(EditLine *editor) {
    void *data = NULL;
    return el_get(editor, EL_CLIENTDATA, &data) == 0 ? data : NULL;
}
static inline int crmq_el_is_vi(EditLine *editor) {
    const char *mode = NULL;
    return el_get(editor, EL_EDITOR, &mode) == 0 && mode != NULL && strcmp(mode, "vi") == 0;
}

// history.
static inline int crmq_history_set_size(History *entries, int size) {
    HistEvent event;
    return history(entries, &event, H_SETSIZE, size);
}
static inline int crmq_history_enter(History *entries, const char *text) {
    HistEvent event;
    return history(entries, &event, H_ENTER, text);
}

// Signals. SA_RESTART keeps the rest of the program free of EINTR; poll returns it all the same, and only poll waits for signals.
static inline int crmq_signal_catch(int number, void (*handler)(int), struct sigaction *previous) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    return sigaction(number, &action, previous);
}
static inline int crmq_signal_restore(int number, const struct sigaction *previous) {
    return sigaction(number, previous, NULL);
}
static inline int crmq_signal_ignore(int number) { return signal(number, SIG_IGN) == SIG_ERR ? -1 : 0; }
static inline int crmq_signal_default(int number) { return signal(number, SIG_DFL) == SIG_ERR ? -1 : 0; }
static inline int crmq_signal_is_ignored(const struct sigaction *action) { return action->sa_handler == SIG_IGN; }

// The C library declares wcwidth only to programs that ask for X/Open's extensions before anything else is included.
extern int wcwidth(wchar_t);
static inline int crmq_column_width(wchar_t character) { return wcwidth(character); }

// ioctl is variadic too.
static inline int crmq_window_size(int descriptor, struct winsize *size) { return ioctl(descriptor, TIOCGWINSZ, size); }

// A shell's view of a status from waitpid: 128 and the signal's number for a process that a signal ended.
static inline int crmq_exit_status(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#endif
