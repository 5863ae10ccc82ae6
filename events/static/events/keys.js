// Keys of one letter: heard nowhere while something is typed, nor by whoever turned them off. “?” says where.
const OFF = "chronicle.keys-off";

export const areOn = () => !localStorage.getItem(OFF);
export const turn = (on) => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));

// A key is a letter of a word wherever something is typed.
export const isTyping = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");
