call newsmark#ale#Define('markdown')
