"""Parts of pages.

Those that only show something are functions from readings to HTML, in which every value is escaped by
``markupsafe``; those that people use are elements of the toolkit.

=================  ==================================================================================
``highlight``      a text with its evidence, and the same as a list
``emotion_bars``   one bar a label, with the threshold it has to reach
``claims``         what was claimed, why, and who says so; what was not decided, and why not
``timeline``       how feelings move through a text or a recording
``channels``       what the voice, the face, the scene and the words show, each by itself
``suggestions``    changes to accept, reject and undo
``difference``     two versions of a text
``landing``        how a text lands with an audience
``variants``       variants side by side
``editor``         the text area of all pages
``controls``       buttons, choices and fields, named for screen readers
``data_form``      fields for a table of plain data: a plan, a house style
``answer``         a reply with what the checks found in it
``upload``         a file from disk
``recording``      sound from the microphone
=================  ==================================================================================
"""
