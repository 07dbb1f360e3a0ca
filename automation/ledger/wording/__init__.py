"""The sentences of the mails: which there are, what administrators made of them in the tab Wording, how one is filled in."""
