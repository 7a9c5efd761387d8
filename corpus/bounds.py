"""What no policy that an office printed comes near: past a bound a file is refused, never cut.

The Civil Code, the longest law there is, has 107,000 characters, 1,260 articles and 2,400 sentences.
"""

MAX_BYTES = 16 * 2**20  # of a policy's file, and of any other file that a policy needs
MAX_UNPACKED = 64 * 2**20  # bytes of everything in a .docx, .xlsx, .ofd or .zip together
MAX_PARTS = 2_000  # files in one
MAX_PAGE_PARTS = 10_000  # files in an .ofd, which has several for each page
MAX_ELEMENTS_OF_TEXT = 1_000_000  # of the XML of a text, and of a table: what reads them makes an object of each
MAX_ELEMENTS_OF_TABLE = 500_000
MAX_COLUMNS = 64
MAX_METADATA_BYTES = 16 * 2**10
MAX_CHARACTERS = 1_000_000
MAX_LINES = 50_000  # that aren't empty
MAX_NODES = 20_000
MAX_SENTENCES = 30_000
MAX_DEPARTMENTS = 10_000  # counted in every clause that gives them a task
MAX_ANNEXES = 200
MAX_NAME = 500  # characters of a title, an issuer, a place
MAX_REPLY_BYTES = 256 * 2**20  # of a document as it comes from the process that read it
