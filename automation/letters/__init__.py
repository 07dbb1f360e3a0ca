"""What mails say, each as its reader may see it. `writing.letter` turns a parcel into a mail."""
