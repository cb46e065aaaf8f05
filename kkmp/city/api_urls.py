from kkmp.city.progress import api_urls as progress
from kkmp.city.public import api_urls as public

urlpatterns = [
    *public.urlpatterns,
    *progress.urlpatterns,
]
