"""C in y = G(E(x), C(S(E(x)))): what this person needs the answer to respect.

C takes the reading that S made and gives it back with c = [c_gender, c_culture, c_emotion] filled in:

=============  ===========================================  ==============================================
symbol         perspective                                  fills
=============  ===========================================  ==============================================
c_gender       ``gender.GenderPerspective``                 declared pronouns and agreement
c_culture      ``culture.CulturePerspective``               language, locale, register, address, salutation
c_emotion      ``feeling.FeelingPerspective``               feeling, intensity, needs, support strategy
=============  ===========================================  ==============================================

Each is closed over ``Reading``, so they chain in any order and a plug-in may add another. The answer is
*for* the message's author, whose declarations come first; what is undeclared stays unknown.
"""
