"""First and last names that are common in Copenhagen, in no order that means anything. Combined at random.

All of them can be written in Windows-1252.
"""

_WOMEN = """
Agnes Aisha Alberte Alma Amalie Amina Ane Anita Anna Anne Annette Asta Astrid Ayse Bente Berit Birgit Birthe Bodil Camilla Caroline
Cecilie Charlotte Christina Clara Dagny Ditte Dorte Ea Ebba Elin Ella Ellen Elsebeth Emilie Emma Esther Eva Fatima Fatma Freja Frida
Gitte Grethe Gry Hanna Hanne Hatice Heidi Helle Henriette Ida Inge Ingrid Inuk Ivalu Jane Janni Jette Johanne Josefine Julie Karen
Karla Katrine Khadija Kirsten Laila Laura Layla Lene Line Lis Liv Lone Louise Maja Malene Malou Maren Maria Marianne Marie Mariam
Mathilde Merete Mette Mia Naja Nanna Nicoline Nina Nivi Oda Olivia Paarma Pernille Pia Pipaluk Rikke Ronja Rosa Sabrina Samira Sanne
Sara Signe Silje Sofie Solveig Stine Susanne Søs Tanja Thea Tina Tove Trine Ulla Vibeke Victoria Vigdís Yasmin Yrsa Zahra Zeynep Æbla Åse
"""
_MEN = """
Adam Ahmad Ahmed Aksel Albert Ali Allan Anders Anton Aputsiaq Arne Aron Asger Bent Birger Bjarke Bjarne Bjørn Bo Brian Bård Carl
Carsten Casper Christian Claus Daniel Dennis Ebbe Edin Egon Elias Emil Erik Esben Finn Flemming Frederik Frode Gunnar Hamza Hans Hassan
Henning Henrik Hjalmar Holger Hussein Ib Ibrahim Jakob Jan Jens Jeppe Jesper Joakim Johan John Jonas Jørgen Kai Karim Karsten Keld
Kenneth Kim Kjeld Klaus Kristian Kurt Lars Lasse Leif Lucas Mads Magnus Malik Marcus Martin Mathias Mehmet Michael Mikkel Milo Minik
Mohamad Mohammed Morten Mustafa Niels Nikolaj Noah Nuka Ole Oliver Omar Oscar Otto Peder Peter Philip Poul Preben Rasmus René Robert
Rune Sami Sebastian Simon Steen Stefan Svend Søren Tage Theodor Thomas Thor Tobias Torben Troels Uffe Valdemar Verner Viggo Villads
Waldemar Yusuf Øjvind Åge
"""
_FAMILIES = """
Abdi Abdullah Ahmad Ahmed Albrechtsen Ali Andersen Andreasen Arslan Asmussen Bach Bak Bang Bech Beck Bendtsen Berg Bertelsen Berthelsen
Bjerre Bjerregaard Blom Bonde Brandt Bruun Buch Bæk Bøgh Carlsen Christensen Christiansen Christoffersen Clausen Dahl Dalgaard Dam
Danielsen Davidsen Demir Djurhuus Eriksen Fischer Frandsen Frederiksen Friis Gade Garcia Geisler Gregersen Groth Hansen Haddad Hald
Hassan Hedegaard Heinesen Henriksen Hermansen Hjorth Holm Holst Hussain Hussein Høgh Høj Ibrahim Iversen Jacobsen Jakobsen Jensen
Jeppesen Jepsen Jessen Johannsen Johansen Josefsen Juhl Justesen Jørgensen Karlsen Kaya Kjeldsen Kjær Kleist Klausen Knudsen Koch Kofoed
Kristensen Kristiansen Kristoffersen Kruse Krogh Larsen Laursen Lauridsen Lind Lorenzen Lund Lundgaard Madsen Markussen Mathiesen
Mikkelsen Mohamed Mortensen Munk Müller Mølgaard Møller Nguyen Nielsen Nissen Nygaard Nørgaard Olesen Olsen Osman Overgaard Paulsen
Pedersen Petersen Poulsen Rasmussen Ravn Riis Rosendahl Said Schmidt Schou Schrøder Simonsen Skov Skovgaard Sloth Sommer Sørensen
Steffensen Svendsen Søndergaard Thomsen Thorsen Thygesen Toft Tran Vad Vestergaard Vinther Winther Yildiz Yilmaz Østergaard Ågaard Ås
"""

WOMEN = tuple(_WOMEN.split())
MEN = tuple(_MEN.split())
FAMILIES = tuple(_FAMILIES.split())
