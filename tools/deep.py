def run(r, parts):
    pass
