call newsmark#ale#Define('yaml')
