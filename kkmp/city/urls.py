from kkmp.city.cooperatives import urls as cooperatives
from kkmp.city.progress import urls as progress

app_name = "city"
urlpatterns = [
    *progress.urlpatterns,
    *cooperatives.urlpatterns,
]
