using System.Runtime.CompilerServices;

// The tests play the smartcard service behind IPcscLibrary.
[assembly: InternalsVisibleTo("Evercard.Tests")]
