"""XML by rules of ITS 2.0 (Internationalization Tag Set): what is translated, and what is inside of a text."""
