// A form that is made of more than its fields comes fresh from the server after Back: a browser would put back the
// fields alone, beside an editor, choices and rows that know nothing of it. It runs before there is any field.
document.currentScript.closest("form").autocomplete = "off";
