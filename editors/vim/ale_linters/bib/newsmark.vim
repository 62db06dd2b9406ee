call newsmark#ale#Define('bib')
